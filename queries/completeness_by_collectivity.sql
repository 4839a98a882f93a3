-- How complete are the events of each overseas collectivity, field by field?
-- grain: one row per collectivity of $collectivities with events
-- country_code: its code in ISO 3166 · n_events: counted · placed · addressed · timed · typed
-- themed · organised · described · linked · priced · accessible: as completeness_by_chamber has them
select
    country_code,
    sum(n_events)::bigint as n_events,
    sum(n_placed)::bigint as placed,
    sum(n_addressed)::bigint as addressed,
    sum(n_timed)::bigint as timed,
    sum(n_typed)::bigint as typed,
    sum(n_themed)::bigint as themed,
    sum(n_organised)::bigint as organised,
    sum(n_described)::bigint as described,
    sum(n_linked)::bigint as linked,
    sum(n_priced)::bigint as priced,
    sum(n_accessible)::bigint as accessible,
from {{ chosen.completeness }}
where list_contains($collectivities, country_code)
group by country_code
order by country_code;
