-- Which pairs of events have been decided on?
-- grain: one row per pair, the latest decision first
-- event_id · title · other_id · other_title · decision: accepted, refused · decided_at · note
-- is_applied: whether the decision leaves an event of the pair out of the counts now
select
    d.event_id,
    e.title,
    d.duplicate_of as other_id,
    t.title as other_title,
    d.decision,
    d.decided_at,
    d.note,
    d.decision = 'accepted'
    and (coalesce(e.duplicate_of, '') <> '' or coalesce(t.duplicate_of, '') <> '') as is_applied,
from duplicate_decisions as d
left join events as e on e.event_id = d.event_id
left join events as t on t.event_id = d.duplicate_of
order by d.decided_at desc, d.event_id, d.duplicate_of;
