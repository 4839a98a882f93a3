-- The question: how will the first records just read stand? Grain: one row per record, in the order of the files.
-- Columns: file, line, title, starts_at, ends_at, timezone, is_all_day, n_sessions, place, place_precision, type, status,
-- organiser, kinds (of findings), details (of each, in their order). Variable: preview_rows, how many.
with shown as (
    select *
    from incoming
    order by record_id
    limit getvariable('preview_rows')
),

noticed_first as (
    select
        record_id,
        list(kind order by kind) as kinds,
        list(detail order by kind) as details,
    from (
        select
            record_id,
            kind,
            string_agg(distinct detail, ' · ' order by detail) as detail,
        from arriving_findings
        where record_id in (select record_id from shown)
        group by all
    )
    group by record_id
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
    coalesce(n.kinds, []) as kinds,
    coalesce(n.details, []) as details,
from shown as i
left join noticed_first as n using (record_id)
inner join staged_records as r using (record_id)
order by i.record_id;
