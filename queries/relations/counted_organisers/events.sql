-- One row per edition and lead organiser (null: not known).
select
    edition,
    lead_organiser_id as organiser_id,
    count(*) as n_events,
from {{ chosen.counted_events }}
group by all
