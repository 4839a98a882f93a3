-- Under which licences do the shown events come, from which sources?
-- grain: one row per source and licence
-- source · licence: null if none was given · is_demo
select distinct
    source,
    licence,
    is_demo,
from imports
where is_demo = (not exists (select 1 from imports where not is_demo))
order by source, licence;
