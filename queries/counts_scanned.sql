-- How many events per theme or day, in any combination with edition, region, département and type?
-- grain: one row per combination of the columns that $by names (the others are null); only counts above 0
-- edition · region · departement · type · theme · day · count: in the chosen unit; an event is in each of its themes and days
with counted as (
    select
        case when list_contains($by, 'edition') then edition end as edition,
        case when list_contains($by, 'region') then {{ chosen.region() }} end as region,
        case when list_contains($by, 'departement') then departement_code end as departement,
        case when list_contains($by, 'type') then type end as type,
        unnest(case when list_contains($by, 'theme') and len(themes) > 0 then themes else [null] end) as theme,
        session_spans,
        list_filter(days, lambda d: d between {{ chosen.range_start }} and {{ chosen.range_end }}) as days,
    from {{ chosen.counted_events }}
),

by_day as (
    select
        * exclude (days),
        len(days) as n_days,
        unnest(case when list_contains($by, 'day') and len(days) > 0 then days else [null] end) as day,
    from counted
)

select
    edition,
    region,
    departement,
    type,
    theme,
    day,
    sum(case
        when {{ chosen.unit }} = 'sessions' and list_contains($by, 'day')
            then sessions_between(session_spans, day, day)
        when {{ chosen.unit }} = 'sessions'
            then sessions_between(session_spans, {{ chosen.range_start }}, {{ chosen.range_end }})
        when {{ chosen.unit }} = 'days' and list_contains($by, 'day') then (day is not null)::integer
        when {{ chosen.unit }} = 'days' then n_days
        else 1
    end)::bigint as count,
from by_day
group by all
having count > 0
order by all;
