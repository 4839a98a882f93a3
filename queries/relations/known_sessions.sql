-- The sessions of every event that the file knew: now, or as of a day in the state of that day.
{% if chosen.has_as_of %}
select *
from sessions
where event_id not in (from {{ chosen.replaced_since }})
union all by name
select unnest(sessions, recursive := true)
from {{ chosen.versions }}
{% else %}
select *
from sessions
{% endif %}
