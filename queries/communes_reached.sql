-- How far is each commune from an event?
-- grain: one row per commune of the territory of $within, at the time of the latest edition of $chosen
-- commune_code · name · departement_code · population · lat · lon · km: from its point to that of the nearest commune with an
-- event of $chosen, 0 if it has one, null beyond 20 km or so · n_events: its own
select
    commune_code,
    name,
    departement_code,
    population,
    lat,
    lon,
    km,
    n_events::bigint as n_events,
from {{ chosen.reached(within) }}
order by population desc, commune_code;
