-- Where each record is, second half, after misspelt names were matched: what its texts say. locate_pins.sql and locate_points.sql
-- go on from there.
-- Input: place_texts, named_communes, ambiguous_communes, town_bodies, and the tables of gazetteer.sql. Output: text_places, is_point().
create or replace temp table text_places as
with posts as (
    select
        t.text_id,
        t.postcode,
        case
            when left(t.postcode, 3) in ('200', '201') then '2A'
            when left(t.postcode, 2) = '20' then '2B'
            when left(t.postcode, 3) = '978' then '974'
            when left(t.postcode, 2) = '97' then left(t.postcode, 3)
            else left(t.postcode, 2)
        end as departement_code,
    from place_texts as t
    where t.is_postcode_believed
)

select
    t.text_id,
    t.city_key,
    t.postcode,
    t.given_code,
    t.given_commune_code,
    t.departement_code as label_departement_code,
    t.label_region_2014_code,
    t.label_region_2016_code,
    d.departement_code as post_departement_code,
    coalesce(t.departement_code, d.departement_code, i.departement_code, b.departement_code) as text_departement_code,
    coalesce(t.region_2014_code, d.region_2014_code, i.region_2014_code, b.region_2014_code) as text_region_2014_code,
    coalesce(t.region_2016_code, d.region_2016_code, i.region_2016_code, b.region_2016_code) as text_region_2016_code,
    case when n.step <= 3 or n.step = 6 then n.commune_code end as named_code,
    case when n.step between 4 and 5 then n.commune_code end as hinted_code,
    case when n.commune_code is null then coalesce(a.lead_code, l.commune_code) end as posted_code,
    a.text_id is not null or t.is_several_towns as is_ambiguous,
    f.text_id is not null or (n.commune_code is null and s.text_id is not null) as is_name_conflict,
    named.lat as named_lat,
    named.lon as named_lon,
    commune_reach_km(named.departement_code) as reach_km,
    coalesce(t.country_code not in ('FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'WF', 'PF', 'NC', 'TF'), false)
        as is_foreign,
    coalesce(t.country_code = 'FR', false) as is_french,
    case
        when t.country_code in ('PM', 'BL', 'MF', 'WF', 'PF', 'NC', 'TF') then t.country_code
        when t.given_code = '97123' then 'BL'  -- communes of Guadeloupe until 2007; as postcodes, other places
        when t.given_code = '97127' then 'MF'
        else
            coalesce(
                -- 978 begins Saint-Martin's own codes, and the CEDEX of La Réunion
                case
                    when left(t.postcode, 3) <> '978'
                        or (
                            not t.is_cedex
                            and n.commune_code is null
                            and coalesce(t.city_key, 'saint martin') in ('saint martin', 'marigot', 'grand case')
                        ) then collectivity_of_code(t.postcode)
                end,
                collectivity_of_code(t.given_code),
                case when n.commune_code is null then collectivity_of_name(t.city_key) end
            )
    end as collectivity_code,
from place_texts as t
left join posts as p on p.text_id = t.text_id
left join departements as d on d.departement_code = p.departement_code
left join named_communes as n on n.text_id = t.text_id
left join communes as named on named.commune_code = n.commune_code
left join postcode_leads as l on l.postcode = t.postcode
left join (select distinct text_id, lead_code from ambiguous_communes) as a on a.text_id = t.text_id
left join code_name_conflicts as f on f.text_id = t.text_id
-- « Trifouilly (35) »
left join departements as i
    on i.departement_code = case when coalesce(t.region_2014_code, t.region_2016_code, p.departement_code) is null then t.bracket_departement_code end
left join town_bodies as b on b.text_id = t.text_id
left join strangers_to_postcode as s on s.text_id = t.text_id;

-- [0, 0] and its neighbourhood is nowhere; nor is what no globe has, nor what maps give for « France » as a whole: Google's point,
-- OpenStreetMap's, the one of lists of countries.
create or replace temp macro is_point(lat, lon) as
    coalesce(
        abs(lat) <= 90 and abs(lon) <= 180 and not (abs(lat) < 0.01 and abs(lon) < 0.01)
        and not (abs(lat - 46.22764) < 0.0001 and abs(lon - 2.21375) < 0.0001)
        and not (abs(lat - 46.60335) < 0.0001 and abs(lon - 1.88833) < 0.0001)
        and not (lat in (46, 47) and lon = 2),
        false
    );
