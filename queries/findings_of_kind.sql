-- Which events have this finding?
-- grain: one row per finding of $kind, at most $limit
-- event_id · title · edition · starts_at · commune · detail · is_public: whether the event has a page
select
    f.event_id,
    e.title,
    e.edition,
    e.starts_at,
    e.commune,
    f.detail,
    coalesce(e.is_published, false) as is_public,
from findings as f
left join events as e on e.event_id = f.event_id
where f.kind = $kind and not coalesce(e.is_withheld, false)
order by e.starts_at, f.event_id, f.detail
limit $limit;
