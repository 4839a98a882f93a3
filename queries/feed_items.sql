-- What is new among the chosen events?
-- grain: one row per counted event, latest change first, at most $limit (null: all)
-- event_id · title · type_label: in $lang · organiser · starts_at · ends_at · timezone · n_sessions · venue · commune
-- attendance_mode · status · updated_at · is_demo
select
    e.event_id,
    e.title,
    case when $lang = 'en' then t.label_en else t.label_fr end as type_label,
    e.organiser,
    e.starts_at,
    e.ends_at,
    e.timezone,
    e.n_sessions,
    e.venue,
    e.commune,
    e.attendance_mode,
    e.status,
    e.updated_at,
    e.is_demo,
from counted_events($chosen) as e
left join event_types as t on t.type = e.type
order by e.updated_at desc, e.event_id
limit $limit;
