-- Which communes have events in this edition, and in which did they have some before?
-- grain: one row per commune with located events in the chosen edition and territory
-- $history: the same choice of all editions
-- commune_code: arrondissements as their commune · commune · n_events: of the chosen edition · is_new: none in any earlier edition of the file,
-- in no commune that has become part of it since
with now as (
    select
        commune_of(commune_code) as commune_code,
        sum(n_events) as n_events,
    from {{ chosen.counted_communes }}
    group by all
),

earlier as (
    select distinct h.held_code as commune_code
    from {{ history.counted_communes }} as c
    inner join {{ chosen.commune_holders }} as h on h.commune_code = commune_of(c.commune_code)
    where c.edition < {{ chosen.edition }} and c.n_events > 0
)

select
    now.commune_code,
    c.name as commune,
    now.n_events::bigint as n_events,
    earlier.commune_code is null as is_new,
from now
inner join {{ chosen.communes_then }} as c on c.commune_code = now.commune_code
left join earlier on earlier.commune_code = now.commune_code
where now.n_events > 0
order by now.n_events desc, now.commune_code;
