-- What are the organisers of counted events called?
-- grain: one row per lead organiser with a counted event in some edition, those with the most events first
-- organiser_id · name · n_events: in all editions
select
    s.organiser_id,
    o.name,
    sum(s.n_events)::bigint as n_events,
from {{ chosen.counted_organisers }} as s
inner join organisers as o on o.organiser_id = s.organiser_id
group by all
order by n_events desc, o.name, s.organiser_id;
