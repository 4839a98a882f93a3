-- What each way of giving a date means: ISO texts as they are, others as campaign/intake/fields/date_fields.py read them
-- (intake_python_spans: span_id, timings, notes).
create or replace temp macro intake_is_midnight(t) as regexp_matches(t, 'T00:00(:00(\.0+)?)?([+-]\d\d:?\d\d)?$');

create or replace temp table intake_read_spans as
with iso_spans as (
    select
        *,
        coalesce(intake_is_midnight(begins_iso) and (ends_iso is null or intake_is_midnight(ends_iso)), false) as are_midnights,
        try_cast(left(begins_iso, 10) as date) as first_day,
        try_cast(left(ends_iso, 10) as date) as after_last,
    from intake_spans
    where is_iso
),

read_spans as (
    -- among hours, midnights are days; whether the last one is of them, or when they end, is told
    select
        span_id,
        case
            when are_midnights and after_last > first_day
                then [{'begins': left(begins_iso, 10), 'ends': (after_last - 1)::varchar}]
            when are_midnights then [{'begins': left(begins_iso, 10), 'ends': null}]
            else [{'begins': begins_iso, 'ends': ends_iso}]
        end as timings,
        case
            when are_midnights and after_last is distinct from first_day
                then [{'kind': case when ends is null then 'hour_unreadable' else 'date_ambiguous' end, 'detail': concat_ws(' -> ', begins, ends)}]
            else []
        end::struct(kind varchar, detail varchar)[] as notes,
    from iso_spans
    union all
    select
        span_id,
        timings,
        notes,
    from intake_python_spans
),

clocked as (
    select
        span_id,
        timings,
        notes,
        intake_clocked(
            list_transform(timings, lambda t: {'begins': intake_on_the_wall(t.begins), 'ends': intake_on_the_wall(t.ends)})
        ) as clocked_timings,
    from read_spans
)

select
    s.slots,
    s.begins,
    s.begins_hour,
    s.ends,
    s.ends_hour,
    s.duration,
    s.year,
    s.month,
    intake_checked(r.clocked_timings) as checked,
    case when regexp_full_match(s.begins, '(?:19|20)\d\d') or (intake_says_nothing(s.begins) and not contains(s.begins, '?') and s.begins not like '%#%') then null else coalesce(replace(s.begins, chr(30), ' | '), s.slots, case when s.year is null then s.month end) end
        as date_text,
    try_cast(nullif(regexp_extract(coalesce(s.year, s.begins), '\b((?:19|20)\d\d)\b', 1), '') as smallint) as year_read,
    -- « Édition 2014 » is a year, « 31/12/2014 » and « 2014-2015 » are more
    (not regexp_matches(regexp_replace(s.year, '(?:19|20)\d\d', ''), '\d\d') and regexp_matches(s.year, '(?:19|20)\d\d'))
        or regexp_full_match(s.year, '\s*[''’]?[0-4]\d\s*') as has_one_year,
    s.year is not null or regexp_full_match(s.begins, '(?:19|20)\d\d') as has_year,
    case
        when
            list_bool_or(
                list_transform(r.timings, lambda t: intake_has_wrong_offset(t.begins) or intake_has_wrong_offset(t.ends))
            )
            then list_append(r.notes, {'kind': 'wrong_offset', 'detail': s.begins})
        else r.notes
    end as notes,
from intake_spans as s
inner join clocked as r using (span_id);
