-- Which events may be the same, and have not been decided on?
-- grain: one row per pair of events with the later one in the territory of $chosen, the surest first, then the latest, at most $limit (null: all)
-- event_id, title, source, starts_at, commune, venue, organiser: of the later one · timezone: of its moments
-- other_id, other_title, other_source, other_starts_at, other_commune, other_venue, other_organiser: of the other · other_timezone
-- reason: same (title, moment and place), link (page), agenda (near title in another agenda), near (title) · similarity: 0 to 1
select
    p.event_id,
    e.title,
    e.source,
    e.starts_at,
    e.timezone,
    e.commune,
    e.venue,
    e.organiser,
    p.duplicate_of as other_id,
    t.title as other_title,
    t.source as other_source,
    t.starts_at as other_starts_at,
    t.timezone as other_timezone,
    t.commune as other_commune,
    t.venue as other_venue,
    t.organiser as other_organiser,
    p.reason,
    p.similarity,
from duplicate_pairs as p
inner join events as e on e.event_id = p.event_id
inner join events as t on t.event_id = p.duplicate_of
where
    e.is_published
    and t.is_published
    and {{ chosen.territory('e') }}
order by
    list_position(['same', 'link', 'agenda', 'near'], p.reason), p.similarity desc, e.starts_at desc, p.event_id, p.duplicate_of
limit $limit;
