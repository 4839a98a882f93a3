-- Who organises the events, and how many of the organisers were there before?
-- grain: one row
-- n_events · n_named: events that name a lead organiser · n_organisers: different ones · n_returning: of them, in an earlier
-- edition of $history · n_once: with one event only · n_top_ten: events of the ten largest · n_shared: events with two
-- organisers or more · n_with_family: organisers whose family is known
with held as materialized (
    select
        edition,
        organiser_id,
        sum(n_events) as n_events,
    from {{ chosen.counted_organisers }}
    group by all
),

sizes as (
    select
        organiser_id,
        min(edition) as edition,
        sum(n_events) as n_events,
    from held
    where organiser_id is not null
    group by all
),

firsts as (
    select
        organiser_id,
        min(edition) as first_edition,
    from {{ history.counted_organisers }}
    where organiser_id in (select organiser_id from held)
    group by all
)

select
    coalesce((select sum(n_events) from held), 0)::bigint as n_events,
    coalesce(sum(s.n_events), 0)::bigint as n_named,
    count(*) as n_organisers,
    count(*) filter (f.first_edition < s.edition) as n_returning,
    count(*) filter (s.n_events = 1) as n_once,
    coalesce((select sum(n_events) from (select n_events from sizes order by n_events desc limit 10)), 0)::bigint as n_top_ten,
    coalesce((select sum(n_shared) from {{ chosen.counted_shared }}), 0)::bigint as n_shared,
    count(o.family) as n_with_family,
from sizes as s
left join firsts as f on f.organiser_id = s.organiser_id
left join organisers as o on o.organiser_id = s.organiser_id;
