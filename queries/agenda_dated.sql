-- How many of the chosen events have a date?
-- grain: one row
-- n_dated: events, whatever the chosen unit
select count(*) filter (first_day is not null) as n_dated
from {{ chosen.counted_events }};
