-- Every event that the file knows, or knew on a day in the state of that day, accepted duplicates included.
{% if chosen.has_as_of %}
select
    s.* exclude (duplicate_of, duplicate_since),
    t.duplicate_of,
from {{ chosen.states }} as s
left join {{ chosen.duplicates }} as t on t.event_id = s.event_id
{% else %}
select *
from events
where not is_withheld
{% endif %}
