-- How did each region's number of events go over the editions of the file?
-- grain: one row per region (null: none) and edition with a count above 0
-- region_code: in the chosen nomenclature · edition · count: in the chosen unit
select
    {{ chosen.region() }} as region_code,
    edition,
    sum({{ chosen.in_unit() }})::bigint as count,
from {{ chosen.counted_rollup }}
group by all
having count > 0
order by all;
