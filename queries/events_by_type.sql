-- How many events of each type?
-- grain: one row per type of the controlled list, zeros included
-- type · label_fr · label_en · rank: order of the list · count: in the chosen unit
with counted as (
    select
        type,
        sum({{ chosen.in_unit() }}) as n,
    from {{ chosen.counted_rollup }}
    group by all
)

select
    t.type,
    t.label_fr,
    t.label_en,
    t.rank,
    coalesce(c.n, 0)::bigint as count,
from event_types as t
left join counted as c on c.type = t.type
order by count desc, t.rank;
