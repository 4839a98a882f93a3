-- What a source has in the event file: how many events stand, are shown, and have what readers look for; how many of those that
-- stood before import $import_id it brought back or holds. One row.
select
    count(*) filter (withdrawn_on is null) as n_standing,
    count(*) filter (withdrawn_on is null and is_published and in_campaign and first_import_id < $import_id) as n_shown,
    count(*) filter (first_import_id < $import_id and last_import_id = $import_id) as n_came_back,
    count(*) filter (withdrawn_on is null and n_sessions > 0) as n_dated,
    count(*) filter (withdrawn_on is null and (commune_code is not null or lat is not null)) as n_placed,
    count(*) filter (withdrawn_on is null and organiser is not null) as n_with_organiser,
    count(*) filter (withdrawn_on is null and description is not null) as n_described,
from events
where source = $source and not is_demo;
