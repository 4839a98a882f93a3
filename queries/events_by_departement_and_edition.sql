-- How did each département's number of events go over the editions of the file?
-- grain: one row per département (null: none) and edition with a count above 0
-- departement_code · edition · count: in the chosen unit
select
    departement_code,
    edition,
    sum({{ chosen.in_unit() }})::bigint as count,
from {{ chosen.counted_rollup }}
group by all
having count > 0
order by all;
