-- At which places are located events?
-- grain: one row per commune with located events, and one per point outside the communes; only counts above 0
-- place: commune code, or rounded coordinates · commune_code · commune · departement_code · lat · lon
-- n_events: events, whatever the chosen unit
with in_communes as (
    select
        commune_code,
        sum(n_events)::bigint as n_events,
    from {{ chosen.counted_communes }}
    group by all
),

outside as (
    select
        printf('%.3f,%.3f', lat, lon) as place,
        any_value(commune) as commune,
        avg(lat) as lat,
        avg(lon) as lon,
        count(*) as n_events,
    from {{ chosen.counted_events }}
    where commune_code is null and placement = 'located'
    group by place
)

select
    p.commune_code as place,
    p.commune_code,
    c.name as commune,
    c.departement_code,
    c.lat,
    c.lon,
    p.n_events,
from in_communes as p
inner join {{ chosen.communes_then }} as c on c.commune_code = p.commune_code
union all
select
    place,
    null,
    commune,
    null,
    lat,
    lon,
    n_events::bigint,
from outside
order by n_events desc, place;
