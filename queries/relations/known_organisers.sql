-- Who organised each event: now, or as of a day.
{% if chosen.has_as_of %}
select *
from event_organisers
where event_id not in (from {{ chosen.replaced_since }})
union all by name
select unnest(organisers, recursive := true)
from {{ chosen.versions }}
{% else %}
select *
from event_organisers
{% endif %}
