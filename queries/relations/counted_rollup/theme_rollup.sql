-- One row per edition, place, type, attendance mode, placement and set of themes: additive counts of counted events.
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    attendance_mode,
    placement,
    n_events,
    n_sessions,
    n_days,
from {{ chosen.theme_sets }}
where {{ chosen.place_conditions }}
