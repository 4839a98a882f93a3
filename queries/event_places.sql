-- At which places are located events?
-- grain: one row per commune with located events, and one per point outside the communes; only counts above 0
-- place: commune code, or rounded coordinates · commune_code · commune · departement_code · lat · lon
-- n_events: events, whatever the chosen unit
with from_cells as (
    select
        c.commune_code as place,
        c.commune_code,
        sum(c.n_events) as n_events,
    from commune_cells as c
    where
        not needs_scan($chosen)
        and not needs_days($chosen)
        and ($chosen).theme is null
        and ($chosen).attendance_mode is null
        and in_chosen_place(
            $chosen, c.edition, c.region_2014_code, c.region_2016_code, c.departement_code, c.type, null
        )
    group by all
),

scanned as (
    select
        commune_code as place,
        commune_code,
        count(*) as n_events,
    from counted_events($chosen)
    where
        commune_code is not null
        and (
            needs_scan($chosen)
            or needs_days($chosen)
            or ($chosen).theme is not null
            or ($chosen).attendance_mode is not null
        )
    group by all
),

outside as (
    select
        printf('%.3f,%.3f', lat, lon) as place,
        any_value(commune) as commune,
        avg(lat) as lat,
        avg(lon) as lon,
        count(*) as n_events,
    from counted_events($chosen)
    where commune_code is null and placement = 'located'
    group by place
)

select
    p.place,
    p.commune_code,
    c.name as commune,
    c.departement_code,
    c.lat,
    c.lon,
    p.n_events::bigint as n_events,
from (
    select *
    from from_cells
    union all
    select *
    from scanned
) as p
inner join communes as c on c.commune_code = p.commune_code
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
