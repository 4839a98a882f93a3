-- One row per edition and commune as it is given: located events.
select
    edition,
    commune_code,
    count(*) as n_events,
from {{ chosen.counted_events }}
where commune_code is not null
group by all
