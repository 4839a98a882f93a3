-- How long is the tail: how many organisers hold one event, two, …?
-- grain: one row per size class with an organiser
-- rank · least, most: events of an organiser in the class (most null: no limit) · n_organisers · n_events
with sizes as (
    select sum(n_events) as n_events
    from {{ chosen.counted_organisers }}
    where organiser_id is not null
    group by organiser_id
),

classes (rank, least, most) as (
    values (1, 1, 1), (2, 2, 2), (3, 3, 4), (4, 5, 9), (5, 10, 19), (6, 20, null)
)

select
    c.rank,
    c.least,
    c.most,
    count(*) as n_organisers,
    sum(s.n_events)::bigint as n_events,
from classes as c
inner join sizes as s on s.n_events between c.least and coalesce(c.most, s.n_events)
group by all
order by c.rank;
