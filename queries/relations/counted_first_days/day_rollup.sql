-- One row per edition, local day and place: events whose first day it is.
select
    edition,
    day,
    n_events,
from day_rollup
where
    previous_day is null
    and {{ chosen.place_conditions }}
