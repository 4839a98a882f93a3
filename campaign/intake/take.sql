-- What was wrong about the shaped records of files, and the numbers of those that are taken, into the staging tables.
-- Input: intake_shaped, intake_numbered_rejects; intake_files (file_number, file, origin, part), one row per file.

insert into staged_rejects by name
select
    f.file,
    s.line,
    case when s.reject = 'title_missing' then 'title' else 'date' end as field,
    case when s.reject = 'title_missing' then s.source_uid else left(s.date_text, 200) end as value,
    s.reject as reason,
    f.part,
from intake_shaped as s
inner join intake_files as f using (file_number)
where s.reject is not null
union all by name
select
    f.file,
    r.line,
    r.field,
    r.value,
    r.reason,
    f.part,
from intake_numbered_rejects as r
inner join intake_files as f using (file_number);

-- several records may stand on one line, in the cells of a grid
create or replace temp table intake_taken as
select
    s.rowid as shaped_id,
    f.file,
    f.origin,
    f.part,
    (
        (select count(*) from staged_records) + row_number() over (order by s.file_number, s.line, s.rowid)
    )::integer as record_id,
from intake_shaped as s
inner join intake_files as f using (file_number)
where s.reject is null;

insert into staged_warnings by name
with noted as (
    select
        s.*,
        t.record_id,
        t.part,
    from intake_shaped as s
    inner join intake_taken as t on t.shaped_id = s.rowid
    where
        len(s.notes) > 0
        or s.is_personal
        or s.is_link_dropped
        or s.is_cut
        or s.is_cancelled_in_title
        or s.is_postponed_in_title
        or contains(concat(s.title, s.description, s.venue, s.city), chr(65533))
        or s.checked.n_impossible > 0
        or s.checked.n_reversed > 0
        or s.checked.n_unreadable_ends > 0
        or len(s.checked.timings) = 0
),

told as (
    select
        record_id,
        part,
        note.kind as kind,
        intake_visible(note.detail) as detail,
    from (select record_id, part, unnest(notes) as note from noted)
)

-- what was not understood is quoted on public pages: without what a person could be reached by
select
    record_id,
    part,
    kind,
    left(case when intake_is_personal(detail) then intake_scrubbed(detail) else detail end, 200) as detail,
from told
union all by name
select
    s.record_id,
    s.part,
    'timezone_unknown' as kind,
    left(s.timezone, 200) as detail,
from (
    select
        t.record_id,
        t.part,
        s.timezone,
        s.checked.timings[1].begins as begins,
        s.notes,
    from intake_shaped as s
    inner join intake_taken as t on t.shaped_id = s.rowid
) as s
where
    s.timezone is not null
    and (
        s.timezone not in (select name from pg_timezone_names())
        -- an hour that is written without an offset beside « UTC » is taken as it is written
        or (
            s.timezone in ('UTC', 'GMT', 'Etc/UTC')
            and contains(s.begins, ':')
            and not regexp_matches(s.begins, '(?:Z|[+-]\d\d:?\d\d)$')
            and not coalesce(list_contains(list_transform(s.notes, lambda note: note.kind), 'timezone_unknown'), false)
        )
    )
union all by name
select record_id, part, 'personal_data_removed' as kind, null as detail from noted where is_personal
union all by name
select record_id, part, 'link_dropped' as kind, null as detail from noted where is_link_dropped
union all by name
select record_id, part, 'text_cut' as kind, null as detail from noted where is_cut
union all by name
select record_id, part, 'cancelled_in_title' as kind, title as detail from noted where is_cancelled_in_title
union all by name
select record_id, part, 'postponed_in_title' as kind, title as detail from noted
where is_postponed_in_title and not is_cancelled_in_title
union all by name
select record_id, part, 'characters_lost' as kind, null as detail from noted
where contains(concat(title, description, venue, city), chr(65533))
union all by name
select record_id, part, 'impossible_date' as kind, checked.n_impossible::varchar as detail from noted where checked.n_impossible > 0
union all by name
select record_id, part, 'end_before_start' as kind, checked.n_reversed::varchar as detail from noted where checked.n_reversed > 0
union all by name
select record_id, part, 'end_unreadable' as kind, checked.n_unreadable_ends::varchar as detail from noted where checked.n_unreadable_ends > 0
union all by name
select record_id, part, 'undated' as kind, edition_hint::varchar as detail from noted where len(checked.timings) = 0;
