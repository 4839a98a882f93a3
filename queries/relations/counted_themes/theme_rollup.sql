-- One row per set of themes: counts of counted events, each in one row.
select
    themes,
    sum(n_events) as n_events,
    sum(n_sessions) as n_sessions,
    sum(n_days) as n_days,
from {{ chosen.theme_sets }}
where {{ chosen.place_conditions }}
group by themes
