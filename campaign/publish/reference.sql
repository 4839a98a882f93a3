-- Fills the reference tables of data/schema.sql from the files of data/ and of the campaign's folder. Variables, set by
-- campaign/publish/reference.py: `data`, `profile` (the folders), `sources` (the tables of sources.toml, one struct each),
-- `editions` (by the profile's rule and its editions.csv, one struct each).

insert into sources by name
select
    source.source_id,
    source.producer,
    source.title,
    source.url,
    source.licence,
    source.accessed_on::date as accessed_on,
    source.sha256 as checksum,
from (select unnest(getvariable('sources')) as source);

-- Territories ---------------------------------------------------------------------------------------------------------

insert into communes by name
with
files as (from read_parquet(getvariable('data') || '/geo/communes_2014.parquet'))

select
    code as commune_code,
    nom as name,
    case when type = 'commune' then 'commune' else 'arrondissement' end as kind,
    commune_parente as parent_code,
    dep_code as departement_code,
    region_2014_code,
    region_2016_code,
    coalesce(codes_postaux, []) as postcodes,
    round(lat::double, 5) as lat,
    round(lon::double, 5) as lon,
    population,
    population_annee as population_year,
    code_2026 as current_code,
    place_key(nom) as search_name,
from files
order by departement_code, commune_code;

-- Names and codes of other years. A name that a commune of 2014 has, in the same commune of today, is no other place.
insert into commune_aliases by name
with
periods as (
    select
        *,
        place_key(name) as search_name,
    from read_parquet(getvariable('data') || '/geo/communes_over_time.parquet')
    where kind = 'commune'
),

others as (
    select *
    from periods as p
    where not exists (
        select 1
        from communes as c
        where c.search_name = p.search_name and (c.commune_code = p.commune_code or c.current_code = p.successor_code)
    )
    qualify row_number() over (partition by commune_code, search_name order by valid_from desc) = 1
),

-- one name that moved from code to code within one commune of today is one place
latest as (
    select *
    from others
    qualify row_number() over (partition by search_name, successor_code order by valid_from desc) = 1
),

-- a commune that left another one since stands under the one it left
heirs as (
    select
        current_code,
        commune_code,
        population,
    from communes
    where kind = 'commune'
    union all
    select
        unnest(p.other_successors),
        c.commune_code,
        c.population,
    from periods as p
    inner join communes as c on c.commune_code = p.commune_code
),

stand_ins as (
    select
        current_code,
        coalesce(
            max(commune_code) filter (commune_code = current_code),
            arg_max(commune_code, (coalesce(population, 0), commune_code))
        ) as commune_code,
    from heirs
    group by current_code
)

select
    o.commune_code,
    o.name,
    o.valid_from,
    o.valid_to,
    o.departement_code,
    o.postcodes,
    round(o.lat::double, 5) as lat,
    round(o.lon::double, 5) as lon,
    o.population,
    coalesce(own.commune_code, s.commune_code) as known_code,
    o.search_name,
from others as o
left join communes as own on own.commune_code = o.commune_code
left join stand_ins as s on s.current_code = o.successor_code
order by o.commune_code, o.search_name;

create temp table membership as
from read_csv(getvariable('data') || '/geo/departements_regions.csv', header = true, all_varchar = true);

insert into departements by name
with
populations as (
    select departement_code, sum(population)::integer as population
    from communes
    where kind = 'commune'
    group by all
)

select
    membership.dep_code as departement_code,
    membership.dep_name as name,
    membership.region_2014_code,
    membership.region_2016_code,
    case membership.dep_code
        when '971' then 'America/Guadeloupe'
        when '972' then 'America/Martinique'
        when '973' then 'America/Cayenne'
        when '974' then 'Indian/Reunion'
        when '976' then 'Indian/Mayotte'
        else 'Europe/Paris'
    end as timezone,
    populations.population,
from membership
left join populations on membership.dep_code = populations.departement_code
order by departement_code;

-- A region's population is the sum of its communes' in each nomenclature, not of its départements'.
insert into regions by name
with
names as (
    select distinct 2014 as nomenclature, region_2014_code as region_code, region_2014_name as name from membership
    union all
    select distinct 2016, region_2016_code, region_2016_name from membership
),

populations as (
    select 2014 as nomenclature, region_2014_code as region_code, sum(population)::integer as population
    from communes where kind = 'commune' group by all
    union all
    select 2016, region_2016_code, sum(population)::integer
    from communes where kind = 'commune' group by all
)

select nomenclature, region_code, name, population,
from names
left join populations using (nomenclature, region_code)
order by nomenclature, region_code;

drop table membership;

insert into editions by name
select unnest(edition),
from (select unnest(getvariable('editions')) as edition);

insert into chambers by name
select
    chamber_id,
    name,
    string_split(region_2014_codes, ' ') as region_2014_codes,
    string_split(region_2016_codes, ' ') as region_2016_codes,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    source_url,
    note,
from read_csv(getvariable('profile') || '/chambers.csv', header = true, all_varchar = true);

-- Who coordinates a region of 2014 in an edition: the chamber of the region in force that holds it, whole. Regions merged at a
-- known date, chambers at dates that mostly are not: before, they are those of the old regions, afterwards of the new ones.
insert into chamber_regions by name
with
in_force as (
    select
        e.edition,
        e.core_starts_on as day,
        r.nomenclature,
        r.region_code,
        r.name,
        list_sort(list(distinct d.region_2014_code)) as region_2014_codes,
    from editions as e
    inner join regions as r on r.nomenclature = e.nomenclature
    inner join departements as d
        on case r.nomenclature when 2014 then d.region_2014_code else d.region_2016_code end = r.region_code
    group by all
)

select
    f.edition,
    unnest(f.region_2014_codes) as region_2014_code,
    c.chamber_id,
    f.name,
from in_force as f
inner join chambers as c
    on
        list_sort(c.region_2014_codes) = f.region_2014_codes
        and f.day between coalesce(c.valid_from, f.day) and coalesce(c.valid_to, f.day)
-- of several, the one whose last day is known, then the youngest
qualify dense_rank() over (
    partition by f.edition, f.region_code order by c.valid_to nulls last, c.valid_from desc nulls last, c.chamber_id
) = 1
order by all;

insert into event_types by name
select type, label_fr, label_en, rank::smallint as rank,
from read_csv(getvariable('profile') || '/types.csv', header = true, all_varchar = true);

-- Published figures ---------------------------------------------------------------------------------------------------

insert into official_figures by name
with
by_edition as (
    select
        year, 'country' as given_level, null as given_code, 'France' as given_name, null as category, metric, value,
        qualifier, stage, coalesce(headline = 'yes', false) as is_headline, source_url, note,
    from read_csv(getvariable('profile') || '/figures/editions.csv', header = true, all_varchar = true)
),

-- The code of a new region stands in the note; a territory without any code is smaller than a region, or several.
-- Whether a figure was announced or final stands in the note as well.
by_territory as (
    select
        year,
        case
            when region_code is null and note not like '%new region, code%' then 'other'
            when note like '%new region, code%' then 'region_2016'
            else 'region'
        end as given_level,
        coalesce(region_code, nullif(regexp_extract(note, 'new region, code (\d\d)', 1), '')) as given_code,
        region as given_name,
        null as category, metric, value, qualifier,
        case
            when qualifier = 'announced' or regexp_matches(note, '\bannounced\b') then 'announced'
            when regexp_matches(note, '\bfinal\b') then 'final'
        end as stage,
        false as is_headline, source_url, note,
    from read_csv(getvariable('profile') || '/figures/edition_regions.csv', header = true, all_varchar = true)
),

scopes as (
    select source.url as source_url, unnest(source.scope),
    from (select unnest(getvariable('sources')) as source)
    where source.scope is not null
),

by_category as (
    select
        year, coalesce(level, 'country') as given_level, code as given_code, coalesce(name, 'France') as given_name,
        type as category, metric, value, qualifier, null as stage, false as is_headline, source_url, note,
    from read_csv(getvariable('profile') || '/figures/edition_types.csv', header = true, all_varchar = true)
    left join scopes using (source_url)
),

figures as (
    select 1 as rank, * from by_edition
    union all by name
    select 2 as rank, * from by_territory
    union all by name
    select 3 as rank, * from by_category
),

-- A code alone means the regions of its year; a region of 2014 that went on by itself (Alsace, 2016) keeps its old code.
levelled as (
    select
        figures.*,
        case
            when given_level != 'region' then given_level
            when (year is null or year >= '2016')
                and exists (from regions where nomenclature = 2016 and region_code = given_code) then 'region_2016'
            else 'region_2014'
        end as territory_level,
    from figures
)

select
    row_number() over (
        order by rank, year nulls last, given_name, category nulls first, metric, source_url, value::bigint, qualifier
    ) as figure_id,
    year::smallint as edition,
    territory_level,
    given_code as territory_code,
    coalesce(regions.name, given_name) as territory_name,
    category,
    metric,
    value::bigint as value,
    qualifier,
    stage,
    is_headline,
    sources.source_id,
    levelled.note,
from levelled
left join regions
    on territory_level = 'region_' || regions.nomenclature and given_code = regions.region_code
left join sources on levelled.source_url = sources.url
order by figure_id;
