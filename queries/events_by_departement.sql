-- How many events in each département?
-- grain: one row per département, zeros included, and one with a null code for events without
-- departement_code · name · population: of the nearest year that is known · region_code: in the chosen nomenclature · count: in the chosen unit
-- per_100k: count per 100,000 inhabitants
with counted as (
    select
        departement_code,
        sum({{ chosen.in_unit() }}) as n,
    from {{ chosen.counted_rollup }}
    group by all
),

people as (
    select
        departement_code,
        sum(population)::integer as population,
    from {{ chosen.populations_then }}
    group by all
)

select
    d.departement_code,
    d.name,
    coalesce(p.population, d.population) as population,
    {{ chosen.region('d') }} as region_code,
    coalesce(c.n, 0)::bigint as count,
    100000.0 * coalesce(c.n, 0) / coalesce(p.population, d.population) as per_100k,
from departements as d
full join counted as c on c.departement_code = d.departement_code
left join people as p on p.departement_code = d.departement_code
where d.departement_code is not null or c.n > 0
order by d.departement_code is null, count desc, searchable(d.name);
