-- When does this event take place?
-- grain: one row per session, in order
-- begins_at · ends_at · is_all_day · begins_on · ends_on: local days
select
    begins_at,
    ends_at,
    is_all_day,
    begins_on,
    ends_on,
from {{ chosen.known_sessions }}
where event_id = $event_id
order by begins_at, ends_at;
