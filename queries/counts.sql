-- How many events per edition, region, département, type, in any combination?
-- grain: one row per combination of the columns that $by names (the others are null); only counts above 0
-- edition · region: code in the chosen nomenclature, null where there is none · departement · type · count: in the chosen unit
select
    case when list_contains($by, 'edition') then edition end as edition,
    case when list_contains($by, 'region') then region_in($chosen, region_2014_code, region_2016_code) end as region,
    case when list_contains($by, 'departement') then departement_code end as departement,
    case when list_contains($by, 'type') then type end as type,
    sum(in_unit($chosen, n_events, n_sessions, n_days))::bigint as count,
from counted_cells($chosen)
group by all
having count > 0
order by all;
