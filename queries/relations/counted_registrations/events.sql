-- One row per edition, region, type and registration day; `n_import_dated` have the day of the import that brought them.
select
    edition,
    region_2014_code,
    region_2016_code,
    type,
    registered_on,
    count(*) as n_events,
    count(*) filter (created_at_is_import) as n_import_dated,
from {{ chosen.counted_events }}
group by all
