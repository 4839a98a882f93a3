-- How did each type's number of events go over the editions of the file?
-- grain: one row per type and edition with a count above 0
-- type · edition · count: in the chosen unit
select
    type,
    edition,
    sum(in_unit($chosen, n_events, n_sessions, n_days))::bigint as count,
from counted_cells($chosen)
group by all
having count > 0
order by all;
