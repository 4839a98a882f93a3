-- The different ways in which the rows of intake_named give a date, and those that are ISO 8601 already.

-- An ISO 8601 day, or moment with or without offset, written in one way; null for anything else.
create or replace temp macro intake_iso(t) as
    case
        when length(t) < 10 or t[5] <> '-' or try_cast(t as timestamp) is null then null
        when regexp_full_match(t, '\d{4}-\d\d-\d\d') then t
        -- « 10:00-12:00 » is an hour and its end: an offset west of Greenwich stands after seconds, or after a « T »
        when regexp_matches(t, '^.{10} \d\d:\d\d ?-') then null
        when regexp_full_match(t, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?')
            then left(t, 10) || 'T' || regexp_replace(replace(substr(t, 12), ' ', ''), '[.]\d+', '')
    end;

-- An instant of registration: ISO 8601, or a French day and hour in figures. Others, and those of an American table, are
-- read by campaign/intake/fields/date_fields.py.
create or replace temp macro intake_moment(t) as
    coalesce(
        intake_instant_of(intake_iso(t)),
        intake_instant_of(
            strftime(
                try_strptime(
                    case when getvariable('intake_order') = 'dmy' then t end,
                    [
                        '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y', '%d-%m-%Y %H:%M', '%d-%m-%Y %H:%M:%S', '%d-%m-%Y',
                        '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y', '%d/%m/%Y %Hh%M', '%d/%m/%Y à %Hh%M', '%d/%m/%Y à %H:%M'
                    ]
                ),
                '%Y-%m-%dT%H:%M:%S'
            )
        )
    );

-- A French offset that is not that of the day: the clock on the wall is right, the offset was never changed.
create or replace temp macro intake_has_wrong_offset(t) as
    coalesce(
        regexp_matches(t, 'T.*\+0[12]:?00$')
        and timezone('Europe/Paris', try_cast(t as timestamptz)) <> try_cast(t as timestamp),
        false
    );

create or replace temp macro intake_on_the_wall(t) as
    case when intake_has_wrong_offset(t) then regexp_replace(t, '\+0[12]:?00$', '') else t end;

create or replace temp table intake_spans as
with spelled as (
    select distinct
        slots,
        begins,
        begins_hour,
        ends,
        ends_hour,
        duration,
        year,
        month,
    from intake_named
)

select
    row_number() over () as span_id,
    *,
    intake_iso(begins) as begins_iso,
    intake_iso(ends) as ends_iso,
    slots is null
    and month is null
    and duration is null
    and begins_hour is null
    and ends_hour is null
    and intake_iso(begins) is not null
    -- a day alone as the end of an hour has no hour
    and (
        ends is null
        -- an end that is not in ISO 8601 (« 12:00 ») is read with its beginning
        or coalesce(length(intake_iso(ends)) = 10 and length(intake_iso(begins)) = 10 or length(intake_iso(ends)) > 10, false)
    ) as is_iso,
from spelled;
