-- How did the registrations of counted events come in, day after day?
-- grain: one row per edition and registration day with an event
-- edition · day: local day of registration · n_events: registered that day · n_so_far: registered until that day
-- n_import_dated: of them, those whose day is that of their first import, because the source gives none
select
    edition,
    registered_on as day,
    sum(n_events)::bigint as n_events,
    sum(sum(n_events)) over (partition by edition order by registered_on)::bigint as n_so_far,
    sum(n_import_dated)::bigint as n_import_dated,
from {{ chosen.counted_registrations }}
group by edition, registered_on
order by edition, registered_on;
