-- Which names of organisers are joined to another, and which were decided to stand apart?
-- grain: one row per name joined or decided on, by the organiser it is joined to
-- named_id · name · family · organiser_id, organiser: that it is joined to, null if it stands apart
-- decision: joined, apart; null where the name alone tells
select
    o.organiser_id as named_id,
    o.name,
    o.family,
    t.organiser_id,
    t.name as organiser,
    d.decision,
from organisers as o
left join organisers as t on t.organiser_id = o.joined_to
left join organiser_decisions as d on d.named_id = o.organiser_id
where o.joined_to is not null or d.decision is not null
order by coalesce(t.name, o.name), o.name, o.organiser_id;
