-- Under which licences did the events come that were shown on the day of $chosen, from which sources?
-- grain: one row per source and licence: imported by that day, or of an event that was known by then
-- source · licence: null if none was given · is_demo
select distinct
    source,
    licence,
    is_demo,
from imports
where
    is_demo = (not exists (select 1 from imports where not is_demo))
    and (
        timezone('Europe/Paris', imported_at)::date <= {{ chosen.as_of }}
        or import_id in (select last_import_id from {{ chosen.known_events }})
    )
order by source, licence;
