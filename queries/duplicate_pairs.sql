-- Which events may be the same, and have not been decided on?
-- grain: one row per pair of events with the later one in the territory of $chosen, the surest first, at most $limit (null: all)
-- event_id, title, source, starts_at, commune: of the later one · twin_id, twin_title, twin_source, twin_starts_at: of the other
-- reason: same (title, moment and place), link (page), agenda (near title in another agenda), near (title) · similarity: 0 to 1
-- timezone: of the later one
select
    p.event_id,
    e.title,
    e.source,
    e.starts_at,
    e.timezone,
    e.commune,
    p.twin_of as twin_id,
    t.title as twin_title,
    t.source as twin_source,
    t.starts_at as twin_starts_at,
    p.reason,
    p.similarity,
from duplicate_pairs as p
inner join events as e on e.event_id = p.event_id
inner join events as t on t.event_id = p.twin_of
where
    e.is_published
    and t.is_published
    and in_chosen_territory($chosen, e.region_2014_code, e.region_2016_code, e.departement_code)
order by
    list_position(['same', 'link', 'agenda', 'near'], p.reason), p.similarity desc, e.starts_at, p.event_id, p.twin_of
limit $limit;
