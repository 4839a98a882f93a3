-- How many of the chosen events does each quick choice leave?
-- grain: one row per period, from $from_days[i] to $to_days[i], both inclusive, in that order
-- period: its place in the lists, from 1 · n_events: events with a day within it, whatever the chosen unit
with periods as (
    select
        unnest(range(1, len($from_days) + 1)) as period,
        unnest($from_days::date[]) as first_day,
        unnest($to_days::date[]) as last_day,
),

dated as (
    select
        days,
        first_day,
        last_day,
    from {{ chosen.counted_events }}
    where first_day is not null
),

held as (
    select
        p.period,
        count(*) as n_events,
    from periods as p
    inner join dated as e on e.first_day <= p.last_day and e.last_day >= p.first_day
    where
        e.first_day >= p.first_day
        or e.last_day <= p.last_day
        or days_between(e.days, p.first_day, p.last_day) > 0
    group by p.period
)

select
    p.period,
    coalesce(h.n_events, 0)::bigint as n_events,
from periods as p
left join held as h on h.period = p.period
order by p.period;
