-- Which communes hold their first event in the chosen editions?
-- grain: one row per commune with a located event of $chosen and none in an earlier edition of $history
-- A commune that merged is no new one: those of earlier editions are counted as the commune that they are part of by then.
-- commune_code: arrondissements as their commune · name · departement_code · population · n_events · n_first_time: rows in
-- all · n_communes: communes with an event of $chosen
with now as (
    select
        h.held_code as commune_code,
        min(c.edition) as edition,
        sum(c.n_events)::bigint as n_events,
    from {{ chosen.counted_communes }} as c
    inner join {{ chosen.commune_holders }} as h on h.commune_code = commune_of(c.commune_code)
    group by all
),

firsts as (
    select
        h.held_code as commune_code,
        min(c.edition) as first_edition,
    from {{ history.counted_communes }} as c
    inner join {{ chosen.commune_holders }} as h on h.commune_code = commune_of(c.commune_code)
    group by all
),

-- counted apart: `over ()` breaks DuckDB (tests/queries/test_windows.py)
found as (
    select
        n.commune_code,
        c.name,
        c.departement_code,
        c.population,
        n.n_events,
    from now as n
    inner join {{ chosen.communes_then }} as c on c.commune_code = n.commune_code
    left join firsts as f on f.commune_code = n.commune_code
    where f.first_edition is null or f.first_edition >= n.edition
)

select
    commune_code,
    name,
    departement_code,
    population,
    n_events,
    (select count(*) from found) as n_first_time,
    (select count(*) from now) as n_communes,
from found
order by population desc nulls last, commune_code;
