-- How many events have two organisers or more: one row.
select count(*) as n_shared
from {{ chosen.counted_events }}
where event_id in (select event_id from shared_events)
