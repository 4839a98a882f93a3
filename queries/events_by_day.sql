-- How many events on each day?
-- grain: one row per local day with a count above 0
-- day · count: in the chosen unit; an event over several days is counted on each
select
    day,
    sum({{ chosen.in_unit('n_events', 'n_sessions', 'n_events') }})::bigint as count,
from {{ chosen.counted_days }}
group by day
having count > 0
order by day;
