-- What are codes called?
-- grain: one row per kind and code
-- kind: region_2014, region_2016, departement, type, theme, edition · code · label_fr · label_en
-- parents: region codes of a département (2014, 2016), number of an edition
select
    'region_' || nomenclature as kind,
    region_code as code,
    name as label_fr,
    name as label_en,
    [] as parents,
from regions
union all
select
    'departement',
    departement_code,
    name,
    name,
    [region_2014_code, region_2016_code],
from departements
union all
select
    'type',
    type,
    label_fr,
    label_en,
    [],
from event_types
union all
select
    'theme',
    theme,
    label,
    label,
    [],
from themes
union all
select
    'edition',
    edition::varchar,
    edition::varchar,
    edition::varchar,
    [number::varchar],
from editions
order by all;
