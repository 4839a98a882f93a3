-- One row per edition, local day and placement: events and sessions of that day (a session over several days is in each).
select
    edition,
    day,
    placement,
    count(*) as n_events,
    sum(sessions_between(session_spans, day, day)) as n_sessions,
from (
    select
        edition,
        placement,
        session_spans,
        unnest(days) as day,
    from {{ chosen.counted_events }}
)
where day between {{ chosen.range_start }} and {{ chosen.range_end }}
group by all
