-- Of which moment are the data, as of the day of $chosen?
-- grain: one row
-- data_date: by that day, the latest change of a counted event, or the latest import by which one no longer counted or counted again;
-- of one that the file knows in a later state only, its registration
select
    greatest(
        max(if(timezone('Europe/Paris', updated_at)::date <= {{ chosen.as_of }}, updated_at, created_at)),
        (
            select max(v.changed_at)
            from event_versions as v
            inner join events as e using (event_id)
            where
                list_has_any(v.changed_fields, ['withdrawn', 'is_published'])
                and (v.was.is_published or e.is_published)
                and not e.is_withheld
                and timezone('Europe/Paris', v.changed_at)::date <= {{ chosen.as_of }}
        )
    ) as data_date,
from {{ chosen.counted_events }};
