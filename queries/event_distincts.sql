-- How many different organisers, communes and départements do counted events have?
-- grain: one row
-- n_organisers: different lead organisers · n_with_organiser: events that name one · n_communes · n_departements
select
    coalesce(sum(n_organisers), 0)::bigint as n_organisers,
    coalesce(sum(n_with_organiser), 0)::bigint as n_with_organiser,
    coalesce(sum(n_communes), 0)::bigint as n_communes,
    coalesce(sum(n_departements), 0)::bigint as n_departements,
from {{ chosen.counted_distincts }};
