-- How many events in each region?
-- grain: one row per region of the chosen nomenclature, zeros included, and one with a null code for events without region
-- region_code · name · population: of the nearest year that is known · count: in the chosen unit
-- per_100k: count per 100,000 inhabitants · rank: ties share the best rank
with counted as (
    select
        {{ chosen.region() }} as region_code,
        sum({{ chosen.in_unit() }}) as n,
    from {{ chosen.counted_rollup }}
    group by all
),

people as (
    select
        {{ chosen.region() }} as region_code,
        sum(population)::integer as population,
    from {{ chosen.populations_then }}
    group by all
),

listed as (
    select
        r.region_code,
        r.name,
        coalesce(p.population, r.population) as population,
    from regions as r
    left join people as p on p.region_code = r.region_code
    where r.nomenclature = {{ chosen.nomenclature }}
    union all
    select
        null,
        null,
        null,
)

select
    l.region_code,
    l.name,
    l.population,
    coalesce(c.n, 0)::bigint as count,
    100000.0 * coalesce(c.n, 0) / l.population as per_100k,
    case when l.region_code is not null then rank() over (partition by l.region_code is null order by coalesce(c.n, 0) desc) end
        as rank,
from listed as l
left join counted as c on c.region_code is not distinct from l.region_code
where l.region_code is not null or c.n > 0
order by l.region_code is null, count desc, searchable(l.name);
