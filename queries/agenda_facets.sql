-- By what can the list be narrowed, and how many events would be left?
-- grain: one row per facet and code that counted events have, the $most frequent of each facet and those of $kept
-- facet: type, theme, attendance_mode, free, accessible, audience, commune, collectivity (those of $collectivities) · code: as the filter of that name takes it
-- name: of a commune, null for the others · n_events: events, whatever the chosen unit; an event may be under several codes
with counted as (  -- one scan for all facets; of lists few differ, so that each is taken apart once
    select
        case
            when grouping(type) = 0 then 'type'
            when grouping(themes) = 0 then 'theme'
            when grouping(attendance_mode) = 0 then 'attendance_mode'
            when grouping(is_free) = 0 then 'free'
            when grouping(accessibility) = 0 then 'accessible'
            when grouping(audiences) = 0 then 'audience'
            when grouping(country_code) = 0 then 'collectivity'
            else 'commune'
        end as facet,
        coalesce(type, attendance_mode, is_free::varchar, country_code, commune_of(commune_code)) as code,
        coalesce(themes, accessibility, audiences) as codes,
        count(*) as n,
    from {{ chosen.counted_events }}
    group by grouping sets ((type), (themes), (attendance_mode), (is_free), (accessibility), (audiences), (country_code), (commune_code))
),

parted as (
    select
        facet,
        code,
        n,
    from counted
    where code is not null and (facet <> 'collectivity' or list_contains($collectivities, code))
    union all
    select
        facet,
        unnest(codes),
        n,
    from counted
),

summed as (
    select
        facet,
        code,
        sum(n)::bigint as n_events,
        case when facet = 'commune' then code end as commune_code,
    from parted
    group by facet, code
)

select
    s.facet,
    s.code,
    c.name,
    s.n_events,
from summed as s
left join {{ chosen.communes_then }} as c on c.commune_code = s.commune_code
qualify row_number() over (partition by s.facet order by s.n_events desc, s.code) <= $most or list_contains($kept, s.code)
order by s.facet, s.n_events desc, s.code;
