-- Past states that stood on a day: of an event that changed later, the first of its states to be replaced later.
select v.*
from event_versions as v
inner join (
    select min(rowid) as version
    from event_versions
    where replaced_on > {{ chosen.as_of }}
    group by event_id
) as stood on stood.version = v.rowid
