-- The last import by which an event no longer counted, or counted again, as it was known on the day of $chosen: changed_at, or null.
select max(v.changed_at) as changed_at
from event_versions as v
inner join events as e using (event_id)
where
    list_has_any(v.changed_fields, ['withdrawn', 'is_published'])
    and (v.was.is_published or e.is_published)
    and not e.is_withheld
    and coalesce(timezone('Europe/Paris', v.changed_at)::date <= {{ chosen.as_of }}, true)
