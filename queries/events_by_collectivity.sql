-- How many events in each overseas collectivity, which is of no region and of no département?
-- grain: one row per collectivity of $collectivities, edition and type with a count above 0
-- country_code: its code in ISO 3166 · edition · type · count: in the chosen unit
with located as (
    select
        country_code,
        edition,
        type,
        1 as n_events,
        sessions_between(session_spans, {{ chosen.range_start }}, {{ chosen.range_end }}) as n_sessions,
        days_between(days, {{ chosen.range_start }}, {{ chosen.range_end }}) as n_days,
    from {{ chosen.counted_events }}
    where list_contains($collectivities, country_code)
)

select
    country_code,
    edition,
    type,
    sum({{ chosen.in_unit() }})::bigint as count,
from located
group by all
having count > 0
order by all;
