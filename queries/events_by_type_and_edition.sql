-- How did each type's number of events go over the editions of the file?
-- grain: one row per type and edition with a count above 0
-- type · edition · count: in the chosen unit
select
    type,
    edition,
    sum({{ chosen.in_unit() }})::bigint as count,
from {{ chosen.counted_rollup }}
group by all
having count > 0
order by all;
