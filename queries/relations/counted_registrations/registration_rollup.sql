-- One row per edition, territory, type and registration day; `n_import_dated` have the day of the import that brought them.
select
    edition,
    region_2014_code,
    region_2016_code,
    type,
    registered_on,
    n_events,
    n_import_dated,
from registration_rollup
where {{ chosen.place_conditions }}
