select
    counted.n_events,
    rollup.n_events,
from (select count(*) as n_events from {{ every.counted_events }}) as counted
cross join (select coalesce(sum(n_events), 0) as n_events from event_rollup) as rollup
where counted.n_events <> rollup.n_events
