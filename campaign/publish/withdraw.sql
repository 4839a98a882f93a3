-- Full exports no longer hold them: they are kept as they were, and withdrawn. Input: absent_events, build_options.
insert into event_versions by name
select
    e.event_id,
    o.import_id,
    o.imported_at as changed_at,
    timezone('Europe/Paris', o.imported_at)::date as replaced_on,
    ['withdrawn'] as changed_fields,
    e as was,
    coalesce((select list(s order by begins_at, ends_at) from sessions as s where s.event_id = e.event_id), []) as sessions,
    coalesce((select list(g order by role, organiser_id) from event_organisers as g where g.event_id = e.event_id), [])
        as organisers,
    coalesce(
        (
            select list(f order by kind, detail)
            from findings as f
            where f.event_id = e.event_id and not (f.kind = 'withdrawn' and f.import_id = o.import_id)
        ),
        []
    ) as findings,
from events as e
inner join absent_events as a on a.event_id = e.event_id
inner join build_options as o using (part)
where o.is_full;

update events
set withdrawn_on = timezone('Europe/Paris', o.imported_at)::date
from absent_events as a
inner join build_options as o using (part)
where a.event_id = events.event_id and o.is_full;
