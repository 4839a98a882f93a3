-- How did each region's number of events go over the editions of the file?
-- grain: one row per region (null: none) and edition with a count above 0
-- region_code: in the chosen nomenclature · edition · count: in the chosen unit
select
    region_in($chosen, region_2014_code, region_2016_code) as region_code,
    edition,
    sum(in_unit($chosen, n_events, n_sessions, n_days))::bigint as count,
from counted_cells($chosen)
group by all
having count > 0
order by all;
