-- Which families of organisers hold the events?
-- grain: one row per family with an event, null for organisers whose family is not known; events without organiser are left out
-- family · n_organisers · n_events
select
    o.family,
    count(distinct e.lead_organiser_id) as n_organisers,
    count(*) as n_events,
from counted_events($chosen) as e
left join organisers as o on o.organiser_id = e.lead_organiser_id
where e.lead_organiser_id is not null
group by o.family
order by o.family is null, n_events desc, o.family;
