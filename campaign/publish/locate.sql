-- Where each record is, first half: what its texts say, before misspelt names are matched.
-- Input: staged_records and the tables of gazetteer.sql. Output: place_records, place_texts, named_communes, and
-- ambiguous_communes: texts that fit several communes as well (two Saint-Pierre-d'Entremont share a postcode).
-- Order: commune code, postcode and name, name with département or region, name alone. Works on distinct texts, so that many
-- events in one town cost one look-up. Online records have no place.

create or replace temp table place_records as
select
    record_id,
    lat as given_lat,
    lon as given_lon,
    hash(
        commune_code, postcode, city, departement_label, region_label, country_code,
        case when postcode is null or city is null then address end
    ) as text_id,
from staged_records
where attendance_mode is distinct from 'online' and status is distinct from 'moved_online';

-- What the texts say, made comparable. A postcode or a town inside the address is read when they stand nowhere else.
create or replace temp table place_texts as
with given as (
    select
        f.text_id,
        upper(r.commune_code) as code,
        regexp_replace(coalesce(r.postcode, ''), '[^0-9]', '', 'g') as digits,
        regexp_extract(coalesce(r.city, ''), '^\s*(\d{5})\s+\D', 1) as city_postcode,
        regexp_replace(
            coalesce(
                r.city,
                nullif(regexp_extract(coalesce(r.address, ''), '\b\d{5}\s+(\p{L}[^,;()]*)', 1), ''),
                ''
            ),
            '^\s*\d{5}\s+',
            ''
        ) as said_town,
        case
            when r.postcode is null or r.city is null
                then regexp_extract(coalesce(r.address, ''), '\b((?:0[1-9]|[1-8]\d|9[0-8])\d{3})\s+\p{L}', 1)
        end as address_postcode,
        coalesce(regexp_full_match(r.postcode, '(?i)\s*(?:f[ -])?\d[\d\s\x{a0}\x{202f}]*(?:\.0)?(?:\s*cedex.*)?'), true) as is_postcode_clean,
        regexp_matches(r.city, '\p{L}') as has_town,
        place_key(r.departement_label) as departement_key,
        place_key(r.region_label) as region_key,
        case
            when upper(r.country_code) in ('FRA', 'FRANCE') then 'FR'
            else upper(r.country_code)
        end as country_code,
    from (
        select
            text_id,
            min(record_id) as record_id,
        from place_records
        group by text_id
    ) as f
    inner join staged_records as r using (record_id)
),

-- « Mans (Le) » is Le Mans; what else stands in brackets or after a comma is no part of the name, and may be a département.
towns as (
    select
        * exclude (said_town),
        case
            when place_key(said_town) in (select search_name from communes where contains(name, '(')) then said_town
            else regexp_replace(
                regexp_replace(said_town, '(?i)^\s*([^,(]+?)\s*[,(]\s*(le|la|les|l[''’])\s*\)?\s*$', '\2 \1'),
                '\s*[,(].*$',
                ''
            )
        end as town,
        place_key(regexp_extract(said_town, '[,(]\s*([^,()]+?)\s*\)?\s*$', 1)) as bracket_key,
    from given
),

postcodes as (
    select
        *,
        -- 4 digits have lost their leading zero, unless it is a foreign postcode
        case
            when digits between '01000' and '98999' and length(digits) = 5 then digits
            when length(digits) = 4 and '0' || digits in (select postcode from postcode_communes) then '0' || digits
            else nullif(coalesce(nullif(city_postcode, ''), address_postcode), '')
        end as postcode,
        regexp_matches(town, '(?i)\bcedex\b') as is_cedex,
        regexp_replace(town, '(?i)\s+cedex.*$', '') as town_alone,
        coalesce(
            try_cast(nullif(regexp_extract(town, '(?i)\bcedex\s+(\d{1,2})$', 1), '') as integer),
            try_cast(
                nullif(regexp_extract(town, '(?i)(\d{1,2})\s*(?:e|er|è|ème|eme)?(?:\s+arr.*)?(?:\s+cedex.*)?$', 1), '') as integer
            )
        ) as arrondissement,
    from towns
)

select
    p.text_id,
    coalesce(k.commune_code, padded.commune_code) as given_commune_code,
    p.code as given_code,
    p.postcode,
    p.postcode in (select postcode from postcode_communes) as is_postcode_known,
    p.is_postcode_clean and (p.digits = '' or right(p.postcode, length(p.digits)) = p.digits) as is_postcode_read,
    p.has_town,
    -- a postcode that is nobody's is believed when something else says that it is French
    p.postcode is not null
    and (
        p.postcode in (select postcode from postcode_communes)
        or p.is_cedex
        or p.town_alone = ''
        or coalesce(p.country_code = 'FR', false)
        or coalesce(p.departement_key, p.region_key) is not null
    ) as is_postcode_believed,
    place_key(regexp_replace(p.town_alone, '(?i)[\s-]+\d{1,2}\s*(e|er|è|ème|eme)?(\s+arr.*)?$', '')) as city_key,
    p.arrondissement,
    p.country_code,
    d.departement_code,
    b.departement_code as bracket_departement_code,
    coalesce(d.region_2014_code, r.region_2014_code) as region_2014_code,
    coalesce(d.region_2016_code, r.region_2016_code) as region_2016_code,
    r.region_2014_code as label_region_2014_code,
    r.region_2016_code as label_region_2016_code,
from postcodes as p
left join code_communes as k on k.code = p.code
left join code_communes as padded on padded.code = '0' || p.code
left join departement_keys as d
    on d.key = case
        when p.departement_key in (select key from departement_keys) then p.departement_key
        else territory_words(p.departement_key)
    end
left join departement_keys as b on b.key = case when p.departement_key is null then p.bracket_key end
left join region_keys as r
    on r.key = case
        when p.region_key in (select key from region_keys) then p.region_key
        else territory_words(p.region_key)
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
            when left(postcode, 2) = '97' then [left(postcode, 3)]
            else [left(postcode, 2)]
        end
    ),
from place_texts
where is_postcode_believed;

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
        case when c.kind = 'arrondissement' then 0.0 else 0.5 end
        + case
            when coalesce(t.departement_code, t.bracket_departement_code) is not null
                then if(c.departement_code = coalesce(t.departement_code, t.bracket_departement_code), 0.0, 0.1)
            when t.region_2014_code is not null then if(d.region_2014_code = t.region_2014_code, 0.0, 0.1)
            else if(d.region_2016_code = t.region_2016_code, 0.0, 0.1)
        end,
    from place_texts as t
    inner join postcode_communes as p on p.postcode = t.postcode
    inner join commune_names as c on c.commune_code = p.commune_code and c.search_name = t.city_key
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
    inner join commune_names as c on c.search_name = t.city_key and c.departement_code = k.departement_code
),

by_name_and_region as (
    select
        t.text_id,
        c.commune_code,
        4,
        1.0,
    from place_texts as t
    inner join named_places as c on c.search_name = t.city_key
    where
        not coalesce(t.is_postcode_believed, false)
        and t.departement_code is null
        and (c.region_2014_code = t.region_2014_code or c.region_2016_code = t.region_2016_code)
    qualify count(*) over (partition by t.text_id) = 1
),

-- The only commune of its name in France, or one that dwarfs its namesakes.
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
        inner join named_places as c on c.search_name = t.city_key
        where
            not coalesce(t.is_postcode_believed, false)
            and t.departement_code is null
            and t.region_2014_code is null
            and t.region_2016_code is null
    )
    where n_namesakes = 1 or (population >= 20000 and population >= 0.95 * namesakes_population)
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
