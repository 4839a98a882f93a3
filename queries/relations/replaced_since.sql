-- Events whose state of a day was replaced since: by an import, or by a correction.
select event_id
from event_versions
where replaced_on > {{ chosen.as_of }}
union
select event_id
from corrected_states
where held_until > {{ chosen.as_of }}
