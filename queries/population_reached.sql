-- How many people have an event near, département by département?
-- grain: one row per département of the territory of $within, and one with a null code for all of it
-- departement_code · population: of its communes · within_5, within_10, within_20: population of the communes whose point
-- is at most so many km from that of a commune with an event of $chosen, or that have one · n_communes · n_with_event:
-- communes with one · n_events: located ones
with held as (
    select
        coalesce(h.held_code, commune_of(c.commune_code)) as commune_code,
        c.commune_code as given_code,
        sum(c.n_events) as n_events,
    from {{ chosen.counted_communes }} as c
    left join {{ chosen.commune_holders }} as h on h.commune_code = commune_of(c.commune_code)
    group by all
),

points as (
    select
        c.lat,
        c.lon,
        floor(c.lat / 0.2)::integer + unnest([-1, -1, -1, 0, 0, 0, 1, 1, 1]) as cell_lat,
        floor(c.lon / 0.3)::integer + unnest([-1, 0, 1, -1, 0, 1, -1, 0, 1]) as cell_lon,
    from {{ chosen.communes_then }} as c
    where c.commune_code in (select given_code from held)
),

own as (
    select
        commune_code,
        sum(n_events) as n_events,
    from held
    group by all
),

territory as (
    select
        commune_code,
        departement_code,
        population,
        lat,
        lon,
    from {{ chosen.communes_in_force }}
    where {{ within.territory() }}
),

-- Cells of 0.2° by 0.3° hold any two points within 20 km in neighbouring cells. A commune with an event needs no nearest one.
nearest as (
    select
        t.commune_code,
        min(distance_km(t.lat, t.lon, p.lat, p.lon)) as km,
    from territory as t
    inner join points as p
        on p.cell_lat = floor(t.lat / 0.2)::integer and p.cell_lon = floor(t.lon / 0.3)::integer
    where t.commune_code not in (select commune_code from own)
    group by all
),

reached as (
    select
        t.departement_code,
        coalesce(t.population, 0) as population,
        case when o.commune_code is not null then 0 else n.km end as km,
        coalesce(o.n_events, 0) as n_events,
    from territory as t
    left join nearest as n on n.commune_code = t.commune_code
    left join own as o on o.commune_code = t.commune_code
)

select
    departement_code,
    sum(population)::bigint as population,
    coalesce(sum(population) filter (km <= 5), 0)::bigint as within_5,
    coalesce(sum(population) filter (km <= 10), 0)::bigint as within_10,
    coalesce(sum(population) filter (km <= 20), 0)::bigint as within_20,
    count(*) as n_communes,
    count(*) filter (n_events > 0) as n_with_event,
    sum(n_events)::bigint as n_events,
from reached
group by grouping sets ((departement_code), ())
order by departement_code nulls first;
