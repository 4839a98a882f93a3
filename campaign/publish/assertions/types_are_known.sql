select
    event_id,
    type,
from events
where type not in (select type from event_types)
