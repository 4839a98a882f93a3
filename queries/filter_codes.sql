-- Which codes may filters take?
-- grain: one row per kind and code
-- kind: edition, region_2014, region_2016, departement, type, theme · code
select
    'edition' as kind,
    edition::varchar as code,
from editions
union
select
    'edition',
    edition::varchar,
from event_rollup
where edition is not null
union all
select
    'region_' || nomenclature,
    region_code,
from regions
union all
select
    'departement',
    departement_code,
from departements
union all
select
    'type',
    type,
from event_types
union all
select
    'theme',
    theme,
from themes
order by all;
