-- Which types does each region hold?
-- grain: one row per region (null: none) and type with a count above 0
-- region_code: in the chosen nomenclature · type · count: in the chosen unit
select
    {{ chosen.region() }} as region_code,
    type,
    sum({{ chosen.in_unit() }})::bigint as count,
from {{ chosen.counted_rollup }}
group by all
having count > 0
order by all;
