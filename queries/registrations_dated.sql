-- Of how many counted events is the registration day that of an import, because the source gives none?
-- grain: one row per edition, region of the chosen nomenclature (null: none) and type with an event
-- edition · region_code · type · n_events · n_import_dated: of them, those without a registration day of their own
select
    edition,
    {{ chosen.region() }} as region_code,
    type,
    sum(n_events)::bigint as n_events,
    sum(n_import_dated)::bigint as n_import_dated,
from {{ chosen.counted_registrations }}
group by all
order by all;
