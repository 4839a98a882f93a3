-- How many people have an event near, département by département?
-- grain: one row per département of the territory of $within, and one with a null code for all of it
-- departement_code · population: of its communes · within_5, within_10, within_20: population of the communes whose point
-- is at most so many km from that of a commune with an event of $chosen, or that have one · n_communes · n_with_event:
-- communes with one · n_events: located ones
select
    departement_code,
    sum(population)::bigint as population,
    coalesce(sum(population) filter (km <= 5), 0)::bigint as within_5,
    coalesce(sum(population) filter (km <= 10), 0)::bigint as within_10,
    coalesce(sum(population) filter (km <= 20), 0)::bigint as within_20,
    count(*) as n_communes,
    count(*) filter (n_events > 0) as n_with_event,
    sum(n_events)::bigint as n_events,
from {{ chosen.reached(within) }}
group by grouping sets ((departement_code), ())
order by departement_code nulls first;
