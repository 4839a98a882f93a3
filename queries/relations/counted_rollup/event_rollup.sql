-- One row per edition, place, type, attendance mode and placement: additive counts of counted events.
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
from event_rollup
where {{ chosen.place_conditions }}
