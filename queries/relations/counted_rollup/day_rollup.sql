-- One row per edition, place, type, attendance mode and placement, cut to the chosen days: an event is counted on its first day
-- within them, a session likewise.
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    attendance_mode,
    placement,
    sum(n_events) filter (previous_day is null or previous_day < {{ chosen.range_start }}) as n_events,
    sum(case when day = {{ chosen.range_start }} then n_sessions else n_sessions_begun end) as n_sessions,
    sum(n_events) as n_days,
from day_rollup
where
    day between {{ chosen.range_start }} and {{ chosen.range_end }}
    and {{ chosen.place_conditions }}
group by all
