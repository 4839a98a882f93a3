-- Which fields counted events have: one row per edition and territory, the columns of completeness_rollup, and the country's
-- code, which tells overseas collectivities.
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    country_code,
    count(*) as n_events,
    count(*) filter (placement <> 'unlocated') as n_placed,
    count(*) filter (place_precision in ('address', 'online')) as n_addressed,
    count(*) filter (starts_at is not null and ends_at is not null) as n_timed,
    count(*) filter (not type_is_guessed) as n_typed,
    count(*) filter (len(themes) > 0) as n_themed,
    count(lead_organiser_id) as n_organised,
    count(*) filter (description <> '') as n_described,
    count(*) filter (url is not null or registration_url is not null) as n_linked,
    count(conditions) as n_priced,
    count(*) filter (len(accessibility) > 0) as n_accessible,
from {{ chosen.counted_events }}
group by all
