select event_id
from sessions
where event_id not in (select event_id from events)
