-- One row per edition, local day and placement: events and sessions of that day (a session over several days is in each).
select
    edition,
    day,
    placement,
    sum(n_events) as n_events,
    sum(n_sessions) as n_sessions,
from day_rollup
where
    day between {{ chosen.range_start }} and {{ chosen.range_end }}
    and {{ chosen.place_conditions }}
group by all
