-- Where each place is, the end of it: coordinates, conflicts, text.
-- Input: place_records, given_places, text_places, pin_communes, pin_choices, and the tables of gazetteer.sql.
-- Output: located_places, place_findings (of records), unread_texts. recall_places.sql makes them of places that are known.
--
-- A commune code, or a name within its postcode or département, says where an event is; a pin that lies elsewhere is a
-- conflict, and not believed. A name alone or a postcode alone yields to a pin that lies in France.

-- Open sea around France, where no other country has land: the Bay of Biscay, the Channel, the western Mediterranean, the
-- Gulf of Guinea where the meridians begin.
create or replace temp macro is_at_sea(lat, lon) as
    (lat between 43.9 and 48.3 and lon between -40 and -1.9)
    or (lat between 48.3 and 49.3 and lon between -40 and -2.8)
    or (lat between 49.8 and 50.4 and lon between -1.9 and 1.2)
    or (lat between 41.0 and 43.2 and lon between 3.5 and 8.4)
    or (lat between 38.0 and 41.0 and lon between 4.5 and 8.0)
    or (lat between -3.0 and 3.5 and lon between -10.0 and 5.5);

-- Of all communes those that are meant here: a few, most often.
create or replace temp table known_communes as
select *
from communes
where commune_code in (
    select unnest([named_code, posted_code, hinted_code]) from text_places
    union all
    select nearest_code from pin_communes
    union all
    select commune_code from pin_choices
);

create or replace temp table located_places as
with pinned as (
    select
        r.place_id,
        r.given_lat,
        r.given_lon,
        t.*,
        x.nearest_code,
        x.nearest_departement_code,
        o.commune_code as chosen_code,
        coalesce(o.is_sure, false) as is_sure,
        -- a pin in the open sea says nothing, unless a commune is near
        is_point(r.given_lat, r.given_lon)
        and not (t.named_code is null and x.nearest_code is null and is_at_sea(r.given_lat, r.given_lon)) as is_usable,
        distance_km(r.given_lat, r.given_lon, t.named_lat, t.named_lon) as named_km,
        case
            when t.named_code is null then coalesce(x.is_swapped, false)
            when is_point(r.given_lat, r.given_lon)
                and distance_km(r.given_lat, r.given_lon, t.named_lat, t.named_lon) <= t.reach_km then false
            else
                is_point(r.given_lon, r.given_lat)
                and distance_km(r.given_lon, r.given_lat, t.named_lat, t.named_lon) <= t.reach_km
        end as is_swapped,
        coalesce(
            t.collectivity_code,
            case
                when t.named_code is null and not t.is_foreign and x.nearest_code is null and is_point(r.given_lat, r.given_lon)
                    then collectivity_of_point(r.given_lat, r.given_lon)
            end
        ) as collectivity_code_here,
    from given_places as r
    inner join text_places as t using (text_id)
    -- equal keys alone make this a hash join; a condition of one side would compare every place with every pin
    left join pin_communes as x
        on x.given_lat = case when t.named_code is null then r.given_lat end and x.given_lon = r.given_lon
    left join pin_choices as o on o.place_id = r.place_id
),

-- Abroad: another country is named, or the pin lies far from every commune and nothing but a name speaks for France.
bounded as (
    select
        *,
        is_foreign
        or (
            named_code is null
            and posted_code is null
            and nearest_code is null
            and is_usable
            and collectivity_code_here is null
            and not (is_french and hinted_code is not null)
        ) as is_abroad,
    from pinned
),

decided as (
    select
        b.* exclude (collectivity_code),
        b.collectivity_code_here as collectivity_code,
        b.collectivity_code_here is not null as is_outside_101,
        case when b.is_swapped then b.given_lon else b.given_lat end as lat,
        case when b.is_swapped then b.given_lat else b.given_lon end as lon,
        b.is_usable or b.is_swapped as has_point,
        case
            when b.collectivity_code_here is not null or b.is_abroad then null
            when b.named_code is not null then b.named_code
            when b.chosen_code is not null then b.chosen_code
            -- an unreadable name within a postcode: the pin knows better which commune, if it is the same département
            when b.posted_code is not null and b.city_key is not null and b.nearest_departement_code is distinct from posted.departement_code
                then b.posted_code
            when b.hinted_code is not null
                and (
                    b.nearest_code is null
                    or distance_km(
                        case when b.is_swapped then b.given_lon else b.given_lat end,
                        case when b.is_swapped then b.given_lat else b.given_lon end,
                        hinted.lat,
                        hinted.lon
                    ) <= commune_reach_km(hinted.departement_code)
                    -- the minus of a western longitude was lost
                    or b.given_lon > 0
                    and distance_km(b.given_lat, -b.given_lon, hinted.lat, hinted.lon) <= commune_reach_km(hinted.departement_code)
                ) then b.hinted_code
            when b.nearest_code is not null then b.nearest_code
            else b.posted_code
        end as commune_code,
    from bounded as b
    left join known_communes as posted on posted.commune_code = b.posted_code
    left join known_communes as hinted on hinted.commune_code = b.hinted_code
),

measured as (
    select
        d.* exclude (lat, lon),
        c.name as commune,
        c.departement_code,
        c.region_2014_code,
        c.region_2016_code,
        c.lat as commune_lat,
        c.lon as commune_lon,
        d.has_point
        and (
            d.commune_code is null
            or distance_km(d.lat, d.lon, c.lat, c.lon) <= commune_reach_km(c.departement_code)
        ) as is_pin_believed,
        case when d.has_point then d.lat end as lat,
        case when d.has_point then d.lon end as lon,
    from decided as d
    left join known_communes as c on c.commune_code = d.commune_code
)

select
    m.place_id,
    m.text_id,
    m.commune_code,
    case when m.given_commune_code = m.commune_code then m.given_code end as given_code,
    m.commune,
    -- a pin far from its commune is not believed: the commune's own point stands in
    case when m.is_pin_believed then m.lat else m.commune_lat end as lat,
    case when m.is_pin_believed then m.lon else m.commune_lon end as lon,
    case
        when m.is_pin_believed then 'address'
        when m.commune_code is not null then 'commune'
        when m.is_abroad or m.is_outside_101 then 'unknown'
        when m.text_departement_code is not null then 'departement'
        when coalesce(m.text_region_2014_code, m.text_region_2016_code) is not null then 'region'
        else 'unknown'
    end as place_precision,
    case
        when not m.is_abroad and not m.is_outside_101 then coalesce(m.departement_code, m.text_departement_code)
    end as departement_code,
    case
        when not m.is_abroad and not m.is_outside_101 then coalesce(m.region_2014_code, m.text_region_2014_code)
    end as region_2014_code,
    case
        when not m.is_abroad and not m.is_outside_101 then coalesce(m.region_2016_code, m.text_region_2016_code)
    end as region_2016_code,
    m.is_outside_101,
    m.collectivity_code,
    m.is_abroad and not m.is_outside_101 as is_abroad,
    m.is_swapped,
    coalesce(m.given_lat, m.given_lon) is not null and not m.has_point as is_unusable,
    (m.is_ambiguous and not m.is_sure and not m.is_abroad)
    -- a postcode alone that several communes of one département share: the largest stands for them
    or coalesce(
        m.commune_code = m.posted_code
        and m.city_key is null
        and not m.is_pin_believed
        and m.postcode in (select p.postcode from postcode_leads as p where p.n_communes > 1)
        and m.postcode not in (select postcode from shared_postcodes),
        false
    ) as is_ambiguous,
    coalesce(
        m.commune_code is not null
        and m.named_code is null
        and m.hinted_code is null
        and m.city_key is not null
        and not m.is_ambiguous
        and not m.is_name_conflict,
        false
    )
    -- a postcode alone that several départements share
    or coalesce(
        m.commune_code = m.posted_code
        and m.city_key is null
        and not m.is_pin_believed
        and m.postcode in (select postcode from shared_postcodes),
        false
    ) as is_unrecognised,
    m.is_abroad and m.named_code is not null
    or (m.is_name_conflict and m.commune_code is null and not m.is_abroad)
    or m.commune_code is not null
    and (
        (m.has_point and not m.is_pin_believed)
        or m.is_name_conflict
        or coalesce(m.label_departement_code <> m.departement_code, false)
        or coalesce(
            m.label_departement_code is null
            and m.label_region_2014_code is distinct from m.region_2014_code
            and m.label_region_2016_code is distinct from m.region_2016_code
            and coalesce(m.label_region_2014_code, m.label_region_2016_code) is not null,
            false
        )
        -- a name that is one commune's in France, and a pin far from it
        or coalesce(m.hinted_code <> m.commune_code, false)
        or coalesce(
            m.post_departement_code <> m.departement_code
            and not exists (
                select 1 from known_postcodes as p where p.postcode = m.postcode and p.commune_code = m.commune_code
            ),
            false
        )
    ) as is_conflict,
from measured as m;

create or replace temp table place_findings as
with found as (
    select place_id, 'outside_101' as kind, null as detail from located_places where is_outside_101
    union all
    select place_id, 'outside_france', null from located_places where is_abroad
    union all
    select place_id, 'coordinates_swapped', null from located_places where is_swapped
    union all
    select place_id, 'coordinates_unusable', null from located_places where is_unusable
    union all
    select place_id, 'place_conflict', null from located_places where is_conflict
    union all
    select place_id, 'commune_unrecognised', null from located_places where is_unrecognised
    union all
    -- a code that is no commune's, whatever the name beside it, or a name without a letter of ours
    select
        p.place_id,
        'commune_unrecognised',
        null,
    from located_places as p
    inner join place_texts as t using (text_id)
    where
        (
            (t.given_code is not null and t.given_commune_code is null)
            or (t.has_town and t.city_key is null and p.commune_code is not null)
        )
        and not (p.is_unrecognised or p.is_abroad or p.is_outside_101)
    union all
    select place_id, 'commune_ambiguous', null from located_places where is_ambiguous
    union all
    select
        place_id,
        'commune_ambiguous',
        null,
    from located_places
    where
        commune_code is null
        and not (is_ambiguous or is_abroad or is_outside_101)
        and (text_id in (select text_id from homonyms) or text_id in (select text_id from town_bodies))
    union all
    -- a name that nearly is a town's
    select
        p.place_id,
        'commune_unrecognised',
        l.detail,
    from located_places as p
    inner join likely_communes as l using (text_id)
    where
        p.commune_code is null
        and not (p.is_ambiguous or p.is_abroad or p.is_outside_101)
        and p.text_id not in (select h.text_id from homonyms as h)
)

select
    r.record_id,
    f.kind,
    f.detail,
from place_records as r
inner join found as f using (place_id);

-- Texts of places of which something was not understood.
create or replace temp table unread_texts as
select
    t.text_id,
    t.is_postcode_read,
    g.departement_label is null or t.departement_code is not null as is_departement_read,
    g.region_label is null or coalesce(t.label_region_2014_code, t.label_region_2016_code) is not null as is_region_read,
from place_texts as t
inner join spelled_places as g using (text_id)
where not (is_postcode_read and is_departement_read and is_region_read);
