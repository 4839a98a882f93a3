-- One row per set of themes: counts of counted events, each in one row; sessions and days are cut to the chosen days.
select
    themes,
    count(*) as n_events,
    sum(sessions_between(session_spans, {{ chosen.range_start }}, {{ chosen.range_end }})) as n_sessions,
    sum(days_between(days, {{ chosen.range_start }}, {{ chosen.range_end }})) as n_days,
from {{ chosen.counted_events }}
group by themes
