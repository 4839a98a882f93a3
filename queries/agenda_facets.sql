-- By what can the list be narrowed, and how many events would be left?
-- grain: one row per facet and code that counted events have
-- facet: type, theme, attendance_mode, free, accessible, audience, commune · code: as the filter of that name takes it
-- name: of a commune, null for the others · n_events: events, whatever the chosen unit; an event may be under several codes
with counted as materialized (
    select
        type,
        attendance_mode,
        is_free,
        commune_of(commune_code) as commune_code,
        themes,
        accessibility,
        audiences,
        count(*) as n,
    from counted_events($chosen)
    group by all
),

several as (
    select
        'theme' as facet,
        unnest(themes) as code,
        n,
    from counted
    union all
    select
        'accessible',
        unnest(accessibility),
        n,
    from counted
    union all
    select
        'audience',
        unnest(audiences),
        n,
    from counted
),

single as (
    select
        'type' as facet,
        type as code,
        n,
    from counted
    union all
    select
        'attendance_mode',
        attendance_mode,
        n,
    from counted
    union all
    select
        'free',
        is_free::varchar,
        n,
    from counted
    union all
    select
        'commune',
        commune_code,
        n,
    from counted
)

select
    f.facet,
    f.code,
    any_value(c.name) as name,
    sum(f.n)::bigint as n_events,
from (
    select *
    from several
    union all
    select *
    from single
) as f
left join communes as c on f.facet = 'commune' and c.commune_code = f.code
where f.code is not null
group by f.facet, f.code
order by f.facet, n_events desc, f.code;
