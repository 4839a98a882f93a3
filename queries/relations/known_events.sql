-- Every event that the file knew: now, or as of a day in the state of that day; accepted duplicates only until the decision.
{% if chosen.has_as_of %}
-- of an event that changed later, the first of its states to be replaced later (materialised, `known` would hold every column)
with known as not materialized (
    select *
    from events
    where
        registered_on <= {{ chosen.as_of }}
        and not is_withheld
        and (duplicate_since is null or duplicate_since > {{ chosen.as_of }})
)

select *
from known
where event_id not in (select event_id from event_versions where replaced_on > {{ chosen.as_of }})
union all by name
select was.*
from {{ chosen.versions }}
where event_id in (select event_id from known)
{% else %}
select *
from events
where not is_withheld
{% endif %}
