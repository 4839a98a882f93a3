-- The communes of the territory of $within, at the time of the latest edition of $chosen, and how far each is from an event:
-- km: from its point to that of the nearest commune with one, 0 if it has one, null beyond 20 km or so.
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
        name,
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
)

select
    t.commune_code,
    t.name,
    t.departement_code,
    coalesce(t.population, 0) as population,
    t.lat,
    t.lon,
    case when o.commune_code is not null then 0 else n.km end as km,
    coalesce(o.n_events, 0) as n_events,
from territory as t
left join nearest as n on n.commune_code = t.commune_code
left join own as o on o.commune_code = t.commune_code
