-- Back to before import $import_id. Input: $import_id, and restored (one row per event that a later import had changed: its
-- row of events as it was, its sessions, organisers, findings), made by rollback.py from event_versions.
delete from sessions
where event_id in (select event_id from events where first_import_id >= $import_id) or event_id in (select was.event_id from restored);

delete from event_organisers
where event_id in (select event_id from events where first_import_id >= $import_id) or event_id in (select was.event_id from restored);

delete from findings
where
    import_id >= $import_id
    or event_id in (select event_id from events where first_import_id >= $import_id)
    or event_id in (select was.event_id from restored);

delete from events
where first_import_id >= $import_id or event_id in (select was.event_id from restored);

insert into events by name
select was.*
from restored;

insert into sessions by name
select unnest(sessions, recursive := true)
from restored;

insert into event_organisers by name
select unnest(organisers, recursive := true)
from restored;

insert into findings by name
select unnest(findings, recursive := true)
from restored;

delete from event_versions
where import_id >= $import_id;

delete from rejects
where import_id >= $import_id;

-- An event that came again unchanged was last seen by the last remaining import of its source.
update events
set last_import_id = greatest(events.first_import_id, remaining.import_id)
from (
    select
        source,
        max(import_id) as import_id,
    from imports
    where import_id < $import_id
    group by source
) as remaining
where events.last_import_id >= $import_id and remaining.source = events.source;

delete from imports
where import_id >= $import_id;

delete from organisers
where organiser_id not in (select named_id from event_organisers);

delete from themes
where theme not in (select unnest(themes) from events);
