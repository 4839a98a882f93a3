-- How did each département's number of events go over the editions of the file?
-- grain: one row per département (null: none) and edition with a count above 0
-- departement_code · edition · count: in the chosen unit
select
    departement_code,
    edition,
    sum(in_unit($chosen, n_events, n_sessions, n_days))::bigint as count,
from counted_cells($chosen)
group by all
having count > 0
order by all;
