-- What was each edition's busiest day?
-- grain: one row per edition with an event; of days with as many events, the first
-- edition · day · n_events: of that day · n_alike: days with as many · n_days: days with an event · n_events_total: counted events of the edition
with by_day as (
    select
        edition,
        day,
        sum(n_events)::bigint as n_events,
        max(sum(n_events)) over (partition by edition) as most,
    from {{ chosen.counted_days }}
    group by edition, day
),

totals as (
    select
        edition,
        sum(n_events)::bigint as n_events,
    from {{ chosen.counted_rollup }}
    group by edition
)

select
    d.edition,
    arg_max(d.day, (d.n_events, -epoch(d.day))) as day,
    max(d.n_events) as n_events,
    count(*) filter (d.n_events = d.most) as n_alike,
    count(*) as n_days,
    any_value(t.n_events) as n_events_total,
from by_day as d
inner join totals as t on t.edition = d.edition
group by d.edition
order by d.edition;
