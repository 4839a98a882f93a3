-- Which events does a calendar show on each day?
-- grain: one row per local day with counted events and one of its first $n events
-- day · count: events of that day, whatever the chosen unit · event_id · title · status
-- begins_at: of the event's first session on that day or still going on · timezone · is_all_day
with dated as (
    select
        event_id,
        title,
        status,
        timezone,
        starts_at,
        unnest(days) as day,
    from counted_events($chosen)
),

shown as (
    select
        *,
        count(*) over (partition by day) as count,
    from dated
    where day between range_start($chosen) and range_end($chosen)
    qualify row_number() over (partition by day order by starts_at, event_id) <= $n
)

select
    e.day,
    e.count,
    e.event_id,
    e.title,
    e.status,
    min(s.begins_at) as begins_at,
    e.timezone,
    arg_min(s.is_all_day, s.begins_at) as is_all_day,
from shown as e
inner join sessions as s on s.event_id = e.event_id and e.day between s.begins_on and s.ends_on
group by e.day, e.count, e.event_id, e.title, e.status, e.timezone, e.starts_at
order by e.day, e.starts_at, e.event_id;
