-- How many different organisers, communes and départements counted events have.
select
    count(distinct lead_organiser_id) as n_organisers,
    count(lead_organiser_id) as n_with_organiser,
    count(distinct commune_of(commune_code)) as n_communes,
    count(distinct departement_code) as n_departements,
from {{ chosen.counted_events }}
