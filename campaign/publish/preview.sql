-- The question: how will the first records just read stand? Grain: one row per record, in the order of the files.
-- Columns: file, line, title, starts_at, ends_at, timezone, is_all_day, n_sessions, place, place_precision, type, status,
-- organiser, kinds (of findings). Variable: preview_rows, how many.
with shown as (
    select *
    from incoming
    order by record_id
    limit getvariable('preview_rows')
)

select
    r.file,
    r.line,
    i.title,
    i.starts_at,
    i.ends_at,
    i.timezone,
    coalesce((
        select bool_and(s.is_all_day)
        from keyed_records as k
        inner join session_rows as s using (sessions_id)
        where k.record_id = i.record_id
    ), false) as is_all_day,
    i.n_sessions,
    nullif(concat_ws(', ', i.venue, concat_ws(' ', i.commune, '(' || i.departement_code || ')')), '') as place,
    i.place_precision,
    i.type,
    i.status,
    i.organiser,
    list_sort(list_distinct(coalesce(
        (select list(f.kind) from arriving_findings as f where f.record_id = i.record_id), []
    ))) as kinds,
from shown as i
inner join staged_records as r using (record_id)
order by i.record_id;
