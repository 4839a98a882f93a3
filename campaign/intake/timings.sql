-- Sessions: which can be used, and what was wrong with the others.
-- A table of the calling query may not be named `session` or `timing`: its columns would be read instead.

-- Whether the end is the day on which a session begins at an hour: it says no hour, and nobody wrote one.
create or replace temp macro intake_ends_its_day(timing) as
    coalesce(length(timing.ends) = 10 and length(timing.begins) > 10 and starts_with(timing.begins, timing.ends), false);

-- Whether a session is whole days of Paris that a program wrote on Greenwich's clock: « 2026-11-04T23:00:00Z » to « 2026-11-05T22:59:59Z ».
create or replace temp macro intake_is_days_of_greenwich(timing) as
    case
        when contains(timing.ends, ':59') and regexp_full_match(timing.ends, '.{11}2[12]:59(?::\d\d(?:\.\d+)?)?(?:Z|\+00:?00)')
            then regexp_full_match(timing.begins, '.{11}2[23]:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)')
            and coalesce(timezone('Europe/Paris', try_cast(timing.begins as timestamptz))::time = '00:00', false)
            and coalesce(hour(timezone('Europe/Paris', try_cast(timing.ends as timestamptz))) = 23, false)
        else false
    end;

create or replace temp macro intake_day_in_paris(moment) as
    timezone('Europe/Paris', try_cast(moment as timestamptz))::date::varchar;

-- As written, and on the wall clock. A day given as an end is included.
create or replace temp macro intake_clocked(timings) as
    list_transform(
        list_transform(
            timings,
            lambda timing: case
                when intake_is_days_of_greenwich(timing)
                    then {'begins': intake_day_in_paris(timing.begins), 'ends': intake_day_in_paris(timing.ends)}
                else {'begins': timing.begins, 'ends': timing.ends}
            end
        ),
        lambda timing: {
            'begins': timing.begins,
            'ends': case when not intake_ends_its_day(timing) then timing.ends end,
            'from_clock': try_cast(timing.begins as timestamp),
            'to_clock': case
                when intake_ends_its_day(timing) then null
                when left(timing.ends, 4) > '2100' then null -- « 9999-12-31 »: no end that anybody meant
                when length(timing.ends) = 10 then try_cast(timing.ends as timestamp) + interval 1 day
                else try_cast(timing.ends as timestamp)
            end,
        }
    );

-- An end before its begin on the wall clock, or at the same hour, may still be after it: the night when clocks go back, or two zones.
create or replace temp macro intake_is_reversed(session) as
    case
        when session.to_clock < session.from_clock or (session.to_clock = session.from_clock and length(session.ends) > 10)
            then not (
                session.to_clock > session.from_clock - interval 15 hour
                and regexp_matches(session.begins, 'T.*(?:Z|[+-]\d{2}:?\d{2})$')
                and regexp_matches(session.ends, 'T.*(?:Z|[+-]\d{2}:?\d{2})$')
                and coalesce(try_cast(session.ends as timestamptz) > try_cast(session.begins as timestamptz), false)
            )
        else false
    end;

create or replace temp macro intake_is_possible(session) as
    coalesce(year(session.from_clock) between 1990 and 2100, false)
    and coalesce(session.to_clock <= session.from_clock + interval 367 day, true);

-- Midnight to 23:59 on the wall is how programs write whole days. In UTC it is another clock's.
create or replace temp macro intake_is_whole_days(session) as
    coalesce(
        session.from_clock = date_trunc('day', session.from_clock)
        and length(session.begins) > 10
        and date_trunc('minute', session.to_clock) = date_trunc('day', session.to_clock) + interval '23 hours 59 minutes'
        and not regexp_matches(session.begins || ' ' || session.ends, '(?:Z|[+-]00:?00)( |$)'),
        false
    );

-- The verdict on sessions that intake_clocked read.
create or replace temp macro intake_checked(clocked) as
    {
        'timings': coalesce(
            list_transform(
                list_filter(clocked, lambda session: intake_is_possible(session)),
                lambda session: {
                    'begins': case when intake_is_whole_days(session) then left(session.begins, 10) else session.begins end,
                    'ends': case
                        when intake_is_whole_days(session) and not intake_is_reversed(session) then left(session.ends, 10)
                        when session.to_clock is not null and not intake_is_reversed(session) then session.ends
                    end,
                }
            ),
            []
        ),
        'n_impossible': len(list_filter(clocked, lambda session: not intake_is_possible(session))),
        'n_reversed': len(
            list_filter(clocked, lambda session: intake_is_possible(session) and intake_is_reversed(session))
        ),
        'n_unreadable_ends': len(
            list_filter(
                clocked,
                lambda session: intake_is_possible(session) and session.ends is not null and session.to_clock is null
            )
        ),
    };
