-- What the texts of places name, before misspelt names are matched.
-- Input: spelled_places, said_towns, several_towns and the tables of gazetteer.sql. Output: place_texts, named_communes,
-- known_postcodes and what is made of it, and ambiguous_communes: texts that fit several communes as well (two
-- Saint-Pierre-d'Entremont share a postcode). Order: commune code, postcode and name, name with département or region, name alone.

-- « Mans (Le) » is Le Mans; what else stands in brackets or after a comma is no part of the name, and may be a département.
create or replace temp table text_towns as
with towns as (
    select
        g.* exclude (said_town),
        s.number_key,
        coalesce(m.n_towns, 1) as n_towns,
        m.shared_departements,
        s.said_town as whole_town,
        case
            when m.n_towns > 1 then ''
            when m.n_towns = 1 then m.first_town
            when place_key(s.said_town) in (select search_name from bracketed_names) then s.said_town
            else regexp_replace(
                regexp_replace(s.said_town, '(?i)^\s*([^,(]+?)\s*[\s,(]\s*(le|la|les|l[''’])\s*\)?\s*$', '\2 \1'),
                '\s*[,(].*$',
                ''
            )
        end as town,
        case
            when regexp_matches(s.said_town, any_letter()) then place_key(regexp_extract(s.said_town, '[,(]\s*([^,()]+?)\s*\)?\s*$', 1))
        end as bracket_key,
        case when contains(s.said_town, ' ') then nullif(place_key(regexp_extract(s.said_town, '\s[-–—/]\s*([^,()/–—-]+?)\s*$', 1)), '') end as dash_key,
    from spelled_places as g
    inner join said_towns as s using (text_id)
    left join several_towns as m using (text_id)
),

cut as (
    select
        *,
        town_key(town) as town_city_key,
    from towns
)

select
    *,
    list_filter([town_city_key, departement_key, region_key, bracket_key], lambda key: key is not null) as looked_names,
    -- 4 digits have lost their leading zero, unless it is a foreign postcode
    list_filter(
        [digits, case when length(digits) = 4 then '0' || digits end, city_postcode, address_postcode],
        lambda postcode: postcode <> ''
    ) as looked_postcodes,
from cut;

-- Of all names, postcodes and codes those that are looked up here: a few, most often, beside tens of thousands.
create or replace temp table known_names as
select *
from commune_names
where search_name in (select unnest(looked_names) from text_towns);

create or replace temp table known_places as
select * exclude (postcodes)
from named_places
where search_name in (select unnest(looked_names) from text_towns);

create or replace temp table known_postcodes as
select *
from postcode_communes
where postcode in (select unnest(looked_postcodes) from text_towns);

create or replace temp table known_codes as
select *
from code_communes
where code in (select unnest([code, '0' || code]) from text_towns);

-- Postcodes that communes of several départements share.
create or replace temp table shared_postcodes as
select postcode
from known_postcodes
group by postcode
having min(departement_code) <> max(departement_code);

-- A postcode alone stands for its most populous commune, an arrondissement rather than its whole city.
create or replace temp table postcode_leads as
select
    postcode,
    arg_max(
        commune_code,
        (
            kind = 'arrondissement',
            kind = 'arrondissement' and is_arrondissement_of(commune_code, postcode),
            coalesce(population, 0),
            commune_code
        )
    ) as commune_code,
    count(*) filter (kind = 'commune') as n_communes,  -- without arrondissements, which stand beside their city
from known_postcodes
group by postcode;

create or replace temp table place_texts as
with postcodes as (
    select
        *,
        case
            when n_towns > 1 or len(several_postcodes) > 0 then null
            when digits between '01000' and '98999' and length(digits) = 5 then digits
            when length(digits) = 4 and '0' || digits in (select postcode from known_postcodes) then '0' || digits
            else nullif(coalesce(nullif(city_postcode, ''), address_postcode), '')
        end as read_postcode,
        length(digits) = 4 as is_short,
        regexp_matches(town, '(?i)\bcedex\b') as is_cedex,
        regexp_replace(town, '(?i)\s+cedex.*$', '') as town_alone,
        -- « La Mayenne », « PACA », « 35 », « dép. 35 » in place of a town, where no commune is called so
        case
            -- one figure may be a number of anything, several numbers are several départements
            when regexp_matches(whole_town, '\d\D+\d') or length(town_city_key) = 1 then null
            -- the island, not the village of Lot-et-Garonne
            when town_city_key = 'la reunion' and digits = '' and departement_key is null and region_key is null then 'reunion'
            when town_city_key not in (select search_name from known_names)
                then coalesce(
                    nullif(regexp_extract(town_city_key, '^(?:(?:departement|dept?)(?: (?:du|de|n))? )?(\d[0-9ab]|9\d\d)$', 1), ''),
                    territory_words(town_city_key)
                )
        end as territory_key,
        case
            when len(regexp_extract_all(whole_town, '(?i)\d{1,2}\s*(?:e|er|è|ème|eme)\b')) > 1 then null
            else coalesce(
                try_cast(nullif(regexp_extract(town, '(?i)\bcedex\s+(\d{1,2})$', 1), '') as integer),
                try_cast(
                    nullif(
                        regexp_extract(town, '(?i)(\d{1,2})\s*(?:e|er|è|ème|eme)?(?:\s+arr.*)?(?:\s+cedex.*)?$', 1), ''
                    ) as integer
                ),
                try_cast(
                    nullif(regexp_extract(whole_town, '(?i)[(,–-]\s*(\d{1,2})\s*(?:e|er|è|ème|eme)(?:\s+arr[^)]*)?\s*\)?\s*$', 1), '') as integer
                ),
                roman_number(regexp_extract(town, '(?i)\s([ivx]+)(?:e|er|è|ème|eme)(?:\s+arr.*)?$', 1))
            )
        end as arrondissement,
    from text_towns
),

believed as (
    select
        p.* exclude (read_postcode),
        coalesce(
            p.country_code,
            x.country_code,
            c.country_code,
            e.country_code,
            n.country_code,
            case when p.read_postcode = '98000' then 'MC' end
        ) as stated_country,
        -- 4 figures are a French postcode only beside a name that it holds, or where something else says France
        case
            when p.is_short
                and p.town_city_key is not null
                and not p.is_cedex
                and coalesce(p.country_code <> 'FR', true)
                and coalesce(p.departement_key, p.region_key) is null
                and not exists (
                    select 1
                    from known_postcodes as q
                    inner join known_names as m on m.commune_code = q.commune_code
                    where q.postcode = p.read_postcode and m.search_name = p.town_city_key
                )
                -- « 8000 Charleville »
                and not exists (
                    select 1 from known_postcodes as q
                    where q.postcode = p.read_postcode and starts_with(q.search_name, p.town_city_key || ' ')
                )
                and not exists (
                    select 1 from known_places as m
                    where m.search_name = p.town_city_key and left(m.departement_code, 2) = left(p.read_postcode, 2)
                )
                then null
            else p.read_postcode
        end as postcode,
    from postcodes as p
    left join country_prefixes as x on x.prefix = p.postcode_prefix
    left join country_keys as c on c.key = coalesce(nullif(p.bracket_key, ''), p.dash_key) and p.departement_key is null
    left join country_keys as e on e.key = p.address_end_key
    left join country_keys as n
        on n.key = coalesce(p.town_city_key, p.departement_key, p.region_key) and n.key not in (select search_name from known_names)
),

-- A label of several départements (« 35 / 22 ») says none of them.
labels as (
    select
        l.text_id,
        count(distinct d.departement_code) as n_departements,
        any_value(d.departement_code) as departement_code,
    from (
        select
            text_id,
            unnest(
                case
                    when departement_key in (select key from departement_keys)
                        or territory_words(departement_key) in (select key from departement_keys)
                        and not regexp_matches(departement_label, '\d.*[/,;&|].*\d') then [departement_key]
                    else list_transform(
                        string_split_regex(departement_label, '(?i)\s*[/,;&|\n]\s*|\s+(?:et|ou)\s+|\s+[-–—]\s+'), lambda x: place_key(x)
                    )
                end
            ) as key,
        from believed
        where departement_key is not null
    ) as l
    inner join departement_keys as d
        on
            d.key = case when l.key in (select key from departement_keys) then l.key else territory_words(l.key) end
            -- « Seine-Saint-Denis (77) » is neither
            and coalesce(nullif(ltrim(regexp_extract(l.key, '(?:^|\s)(\d[0-9ab]|9\d\d)(?:\s|$)', 1), '0'), ''), ltrim(lower(d.departement_code), '0'))
            = ltrim(lower(d.departement_code), '0')
    group by l.text_id
)

select
    p.text_id,
    coalesce(k.commune_code, padded.commune_code) as given_commune_code,
    p.code as given_code,
    p.postcode,
    p.postcode in (select postcode from known_postcodes) as is_postcode_known,
    p.is_postcode_clean and (p.digits = '' or coalesce(right(p.postcode, length(p.digits)) = p.digits, p.n_towns > 1)) as is_postcode_read,
    p.has_town,
    p.n_towns > 1 as is_several_towns,
    p.several_postcodes,
    -- a postcode that is nobody's is believed when something else says that it is French
    p.postcode is not null
    and (
        p.postcode in (select postcode from known_postcodes)
        or p.is_cedex
        or p.town_alone = ''
        or coalesce(p.country_code = 'FR', false)
        or coalesce(p.departement_key, p.region_key) is not null
    ) as is_postcode_believed,
    p.is_cedex,
    case
        when n_towns > 1 or (p.town_city_key = 'la reunion' and p.territory_key = 'reunion') then null
        -- « Hellemmes (Lille) »
        when p.town_city_key not in (select search_name from known_names)
            and p.bracket_key in (select search_name from known_names)
            and p.bracket_key not in (select key from departement_keys)
            then p.bracket_key
        else p.town_city_key
    end as city_key,
    p.arrondissement,
    p.stated_country as country_code,
    d.departement_code,
    b.departement_code as bracket_departement_code,
    coalesce(d.region_2014_code, r.region_2014_code) as region_2014_code,
    coalesce(d.region_2016_code, r.region_2016_code) as region_2016_code,
    r.region_2014_code as label_region_2014_code,
    r.region_2016_code as label_region_2016_code,
from believed as p
left join labels as l using (text_id)
left join known_codes as k on k.code = p.code
left join known_codes as padded on padded.code = '0' || p.code
left join departement_keys as w on w.key = p.territory_key
left join departements as d
    on d.departement_code = coalesce(
        case when l.n_departements = 1 then l.departement_code end,
        case when p.departement_key is null then w.departement_code end,
        case
            when p.n_towns > 1 and len(p.shared_departements) = 1 then p.shared_departements[1]
            when len(p.several_postcodes) > 0 and len(list_distinct(list_transform(p.several_postcodes, lambda x: left(x, 2)))) = 1
                and left(p.several_postcodes[1], 2) not in ('20', '97')
                then left(p.several_postcodes[1], 2)
        end
    )
left join departement_keys as b on b.key = case when p.departement_key is null and p.n_towns = 1 then coalesce(p.number_key, p.bracket_key) end
left join region_keys as r
    on r.key = case
        when p.region_key in (select key from region_keys) then p.region_key
        when p.region_key is not null then territory_words(p.region_key)
        -- « PACA » in place of a town; « Centre » and « Sud » are parts of one
        when p.departement_key is null and p.n_towns = 1 and p.territory_key not in ('centre', 'sud') then p.territory_key
    end;

-- The départements that a place's texts allow: by label, in brackets (« Saint-Denis (La Réunion) »), and by postcode.
create or replace temp table text_departements as
select
    text_id,
    departement_code,
from place_texts
where departement_code is not null
union
select
    text_id,
    bracket_departement_code,
from place_texts
where bracket_departement_code is not null
union
select
    text_id,
    unnest(
        case
            when left(postcode, 2) = '20' then ['2A', '2B']
            when left(postcode, 3) = '978' then ['974']  -- CEDEX of La Réunion
            when left(postcode, 2) = '97' then [left(postcode, 3)]
            else [left(postcode, 2)]
        end
    ),
from place_texts
where is_postcode_believed
union
select
    text_id,
    unnest(list_transform(several_postcodes, lambda x: case when left(x, 2) = '97' then left(x, 3) else left(x, 2) end)),
from place_texts;

create or replace temp table best_communes as
with by_code as (
    select
        text_id,
        given_commune_code as commune_code,
        1 as step,
        0.0 as penalty,
    from place_texts
    where given_commune_code is not null
),

by_postcode_and_name as (
    select
        t.text_id,
        c.commune_code,
        2,
        -- of two of one name and postcode, that of the département or region that is said
        case
            when c.kind <> 'arrondissement' then 0.5
            when is_arrondissement_of(c.commune_code, t.postcode) then 0.0
            else 0.2
        end
        + case
            when coalesce(t.departement_code, t.bracket_departement_code) is not null
                then if(c.departement_code = coalesce(t.departement_code, t.bracket_departement_code), 0.0, 0.1)
            when t.region_2014_code is not null then if(d.region_2014_code = t.region_2014_code, 0.0, 0.1)
            else if(d.region_2016_code = t.region_2016_code, 0.0, 0.1)
        end,
    from place_texts as t
    inner join known_postcodes as p on p.postcode = t.postcode
    inner join known_names as c on c.commune_code = p.commune_code and c.search_name = t.city_key
    inner join departements as d on d.departement_code = c.departement_code
),

-- « 75000 », and CEDEX postcodes that no commune lists: name within the département, and the arrondissement's number.
by_name_and_departement as (
    select
        t.text_id,
        c.commune_code,
        3,
        case
            when c.kind = 'commune' then 1.0
            when c.arrondissement = t.arrondissement then 0.0
            else 2.0
        end
        + case when k.departement_code = coalesce(t.departement_code, t.bracket_departement_code) then 0.0 else 0.1 end
        -- who has the name in 2014 goes before who took it later
        + case when c.is_other_year then 0.05 else 0.0 end,
    from place_texts as t
    inner join text_departements as k on k.text_id = t.text_id
    inner join known_names as c on c.search_name = t.city_key and c.departement_code = k.departement_code
),

by_name_and_region as (
    select
        t.text_id,
        c.commune_code,
        4,
        1.0,
    from place_texts as t
    inner join known_places as c on c.search_name = t.city_key
    where
        not coalesce(t.is_postcode_believed, false)
        and t.departement_code is null
        and (c.region_2014_code = t.region_2014_code or c.region_2016_code = t.region_2016_code)
    qualify count(*) over (partition by t.text_id) = 1
),

-- The only commune of its name in France, or one that dwarfs its namesakes; not a village whose name a town ten times as large begins with, or
-- that a département or a region is called too.
by_name as (
    select
        text_id,
        commune_code,
        5,
        1.0,
    from (
        select
            t.text_id,
            c.commune_code,
            coalesce(c.population, 0) as population,
            count(*) over (partition by t.text_id) as n_namesakes,
            sum(coalesce(c.population, 0)) over (partition by t.text_id) as namesakes_population,
        from place_texts as t
        inner join known_places as c on c.search_name = t.city_key
        left join town_heads as h on h.head = t.city_key
        where
            not coalesce(t.is_postcode_believed, false)
            and t.departement_code is null
            and t.region_2014_code is null
            and t.region_2016_code is null
            and coalesce(c.population >= 0.1 * h.population, true)
            -- « Doubs », « Indre »: a village, or the territory
            and (
                c.population >= 10000
                or (t.city_key not in (select key from departement_keys) and t.city_key not in (select key from region_keys))
            )
    )
    where n_namesakes = 1 or (population >= 10000 and population >= 0.95 * namesakes_population)
),

candidates as (
    from by_code
    union all
    from by_postcode_and_name
    union all
    from by_name_and_departement
    union all
    from by_name_and_region
    union all
    from by_name
)

select distinct
    text_id,
    step,
    commune_code,
from candidates
qualify rank() over (partition by text_id order by step, penalty) = 1;

-- A name that is misspelt is left to names.py, as step 6.
create or replace temp table named_communes as
select
    text_id,
    any_value(commune_code) as commune_code,
    any_value(step) as step,
from best_communes
group by text_id
having count(*) = 1;

-- What stands in if no pin tells them apart: of those with the postcode, that of its own département, then the largest.
create or replace temp table ambiguous_communes as
select
    b.text_id,
    b.commune_code,
    first_value(case when b.step = 2 then b.commune_code end) over (
        partition by b.text_id
        order by starts_with(t.postcode, left(c.departement_code, 2)) desc, c.population desc, c.commune_code
    ) as lead_code,
from best_communes as b
inner join place_texts as t on t.text_id = b.text_id
inner join communes as c on c.commune_code = b.commune_code
where b.text_id not in (select text_id from named_communes);

-- Of Paris, Lyon and Marseille the arrondissement, where the postcode or its number says which.
create or replace temp table arrondissements_told as
select
    n.text_id,
    min(a.commune_code) as commune_code,
from named_communes as n
inner join place_texts as t using (text_id)
inner join commune_names as a on a.kind = 'arrondissement'
inner join communes as c on c.commune_code = a.commune_code and c.parent_code = n.commune_code
where
    list_contains(c.postcodes || case c.commune_code when '75116' then ['75116'] else [] end, t.postcode)
    or (t.arrondissement = a.arrondissement and coalesce(t.postcode not in (select postcode from known_postcodes where kind = 'arrondissement'), true))
group by n.text_id
having count(distinct a.commune_code) = 1;

update named_communes
set commune_code = a.commune_code
from arrondissements_told as a
where a.text_id = named_communes.text_id;

-- A name that several communes bear, with nothing that says which.
create or replace temp table homonyms as
select t.text_id
from place_texts as t
inner join known_places as c on c.search_name = t.city_key
where
    t.text_id not in (select text_id from named_communes)
    and t.text_id not in (select text_id from ambiguous_communes)
    and not coalesce(t.is_postcode_known, false)
group by t.text_id, t.city_key
having
    count(distinct c.commune_code) > 1
    or t.city_key in (select head from town_heads)
    or t.city_key in (select key from departement_keys)
    or t.city_key in (select key from region_keys);

-- A code beside the name of a commune that lies elsewhere: « 35238 Brest », a postcode, « 35000 Vitré », a département or a region,
-- « Brest » in Ille-et-Vilaine; and a postcode of another arrondissement, « 75012 Paris 11e ».
create or replace temp table code_name_conflicts as
select t.text_id
from place_texts as t
inner join communes as g on g.commune_code = t.given_commune_code
inner join known_places as n on n.search_name = t.city_key
inner join communes as c on c.commune_code = n.commune_code
where
    not exists (
        select 1 from known_names as m
        where m.search_name = t.city_key and m.commune_code in (g.commune_code, g.parent_code)
    )
group by t.text_id, g.departement_code
having min(distance_km(g.lat, g.lon, c.lat, c.lon)) > commune_reach_km(g.departement_code)
union
select t.text_id
from place_texts as t
inner join best_communes as n on n.text_id = t.text_id and n.step = 3
inner join communes as c on c.commune_code = n.commune_code
inner join known_postcodes as p on p.postcode = t.postcode
inner join communes as g on g.commune_code = p.commune_code
where not t.is_cedex
group by t.text_id, c.departement_code
having min(distance_km(g.lat, g.lon, c.lat, c.lon)) > commune_reach_km(c.departement_code)
union
select t.text_id
from place_texts as t
inner join known_places as n on n.search_name = t.city_key
where
    coalesce(t.departement_code, t.label_region_2014_code, t.label_region_2016_code) is not null
    and t.postcode is null
    and t.given_commune_code is null
    and t.text_id not in (select text_id from best_communes)
union
select t.text_id
from place_texts as t
inner join known_postcodes as p on p.postcode = t.postcode and p.kind = 'arrondissement'
inner join commune_names as a on a.commune_code = p.commune_code and a.kind = 'arrondissement'
where t.arrondissement is not null
group by t.text_id, t.arrondissement
having not bool_or(a.arrondissement = t.arrondissement);

-- The name of a commune that lies far from every commune of its postcode: « 35200 Nantes ». Where the name is not matched otherwise, the two
-- contradict each other; a village far away may only share its name with a quarter (« Saint-Marc », 29200).
create or replace temp table strangers_to_postcode as
select t.text_id
from place_texts as t
inner join known_postcodes as p on p.postcode = t.postcode
inner join communes as g on g.commune_code = p.commune_code
inner join known_places as n on n.search_name = t.city_key
inner join communes as c on c.commune_code = n.commune_code
group by t.text_id
having
    min(distance_km(g.lat, g.lon, c.lat, c.lon)) > max(commune_reach_km(g.departement_code))
    and max(coalesce(n.population, 0)) >= 1000;
