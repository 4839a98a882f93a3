-- One row per edition, territory and lead organiser (null: not known).
select
    edition,
    organiser_id,
    n_events,
from organiser_rollup
where {{ chosen.place_conditions }}
