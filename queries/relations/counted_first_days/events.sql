-- One row per edition and local day: events whose first day it is.
select
    edition,
    first_day as day,
    count(*) as n_events,
from {{ chosen.counted_events }}
where first_day is not null
group by all
