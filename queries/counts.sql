-- How many events per edition, region, département, type, in any combination?
-- grain: one row per combination of the columns that $by names (the others are null); only counts above 0
-- edition · region: code in the chosen nomenclature, null where there is none · departement · type · count: in the chosen unit
select
    case when list_contains($by, 'edition') then edition end as edition,
    case when list_contains($by, 'region') then {{ chosen.region() }} end as region,
    case when list_contains($by, 'departement') then departement_code end as departement,
    case when list_contains($by, 'type') then type end as type,
    sum({{ chosen.in_unit() }})::bigint as count,
from {{ chosen.counted_rollup }}
group by all
having count > 0
order by all;
