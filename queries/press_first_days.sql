-- On which days do events begin?
-- grain: one row per edition and local day on which a counted event has its first session
-- edition · day · n_events: events whose first local day it is
select
    edition,
    day,
    sum(n_events)::bigint as n_events,
from {{ chosen.counted_first_days }}
group by all
having sum(n_events) > 0
order by edition, day;
