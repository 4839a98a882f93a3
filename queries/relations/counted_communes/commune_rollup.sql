-- One row per edition, commune as it is given, and type: located events.
select
    edition,
    commune_code,
    n_events,
from commune_rollup
where {{ chosen.place_conditions }}
