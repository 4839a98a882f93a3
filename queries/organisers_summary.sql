-- Who organises the events, and how many of the organisers were there before?
-- grain: one row
-- n_events · n_named: events that name a lead organiser · n_organisers: different ones · n_returning: of them, in an earlier
-- edition of $history · n_once: with one event only · n_top_ten: events of the ten largest · n_shared: events with two
-- organisers or more · n_with_family: organisers whose family is known
with chosen_rows as (
    select
        event_id,
        edition,
        lead_organiser_id,
    from counted_events($chosen)
),

sizes as (
    select
        lead_organiser_id as organiser_id,
        min(edition) as edition,
        count(*) as n_events,
    from chosen_rows
    where lead_organiser_id is not null
    group by all
),

firsts as (
    select
        lead_organiser_id as organiser_id,
        min(edition) as first_edition,
    from counted_events($history)
    where lead_organiser_id is not null
    group by all
),

shared as (
    select event_id
    from event_organisers
    where event_id in (select event_id from chosen_rows)
    group by event_id
    having count(distinct organiser_id) > 1
)

select
    (select count(*) from chosen_rows) as n_events,
    (select count(lead_organiser_id) from chosen_rows) as n_named,
    count(*) as n_organisers,
    count(*) filter (f.first_edition < s.edition) as n_returning,
    count(*) filter (s.n_events = 1) as n_once,
    coalesce((select sum(n_events) from (select n_events from sizes order by n_events desc limit 10)), 0)::bigint as n_top_ten,
    (select count(*) from shared) as n_shared,
    count(o.family) as n_with_family,
from sizes as s
left join firsts as f on f.organiser_id = s.organiser_id
left join organisers as o on o.organiser_id = s.organiser_id;
