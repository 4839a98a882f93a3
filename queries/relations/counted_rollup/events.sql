-- One row per edition, place, type, attendance mode and placement: sessions and days are cut to the chosen days.
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    attendance_mode,
    placement,
    count(*) as n_events,
    sum(sessions_between(session_spans, {{ chosen.range_start }}, {{ chosen.range_end }})) as n_sessions,
    sum(days_between(days, {{ chosen.range_start }}, {{ chosen.range_end }})) as n_days,
from {{ chosen.counted_events }}
group by all
