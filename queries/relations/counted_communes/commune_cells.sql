-- One row per edition, commune as it is given, and type: located events.
select
    edition,
    commune_code,
    n_events,
from commune_cells
where {{ chosen.place_conditions }}
