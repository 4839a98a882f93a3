-- Which families of organisers hold the events?
-- grain: one row per family with an event, null for organisers whose family is not known; events without organiser are left out
-- family · n_organisers · n_events
select
    o.family,
    count(distinct e.organiser_id) as n_organisers,
    sum(e.n_events)::bigint as n_events,
from {{ chosen.counted_organisers }} as e
left join organisers as o on o.organiser_id = e.organiser_id
where e.organiser_id is not null
group by o.family
order by o.family is null, n_events desc, o.family;
