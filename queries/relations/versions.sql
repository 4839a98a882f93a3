-- Past states that stood on a day: of an event that changed later, the first of its states to be replaced later; of a corrected
-- one, that with the corrections decided by that day.
select
    v.event_id,
    v.was,
    v.sessions,
    v.organisers,
from event_versions as v
inner join (
    select min(rowid) as version
    from event_versions
    where replaced_on > {{ chosen.as_of }}
    group by event_id
) as stood on stood.version = v.rowid
where v.event_id not in (select event_id from corrected_states)
union all by name
select
    event_id,
    was,
    sessions,
    organisers,
from corrected_states
where held_until > {{ chosen.as_of }} and coalesce(held_from <= {{ chosen.as_of }}, true)
