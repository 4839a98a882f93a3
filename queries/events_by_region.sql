-- How many events in each region?
-- grain: one row per region of the chosen nomenclature, zeros included, and one with a null code for events without region
-- region_code · name · population · count and count_before: in the chosen unit, of $chosen and of $before
-- per_100k: count per 100,000 inhabitants · rank: ties share the best rank
with counted as (
    select
        region_in($chosen, region_2014_code, region_2016_code) as region_code,
        sum(in_unit($chosen, n_events, n_sessions, n_days)) as n,
    from counted_cells($chosen)
    group by all
),

counted_before as (
    select
        region_in($before, region_2014_code, region_2016_code) as region_code,
        sum(in_unit($before, n_events, n_sessions, n_days)) as n,
    from counted_cells($before)
    group by all
),

listed as (
    select
        region_code,
        name,
        population,
    from regions
    where nomenclature = ($chosen).nomenclature
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
    coalesce(b.n, 0)::bigint as count_before,
    100000.0 * coalesce(c.n, 0) / l.population as per_100k,
    case when l.region_code is not null then rank() over (partition by l.region_code is null order by coalesce(c.n, 0) desc) end
        as rank,
from listed as l
left join counted as c on c.region_code is not distinct from l.region_code
left join counted_before as b on b.region_code is not distinct from l.region_code
where l.region_code is not null or c.n > 0 or b.n > 0
order by l.region_code is null, count desc, l.name;
