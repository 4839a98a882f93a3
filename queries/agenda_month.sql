-- Which events does a calendar show on each day?
-- grain: one row per local day with counted events and one of its first $n events
-- day · count: events of that day, whatever the chosen unit · event_id · title · status
-- begins_at: of the event's first session on that day or still going on · timezone · is_all_day
with dated as (
    select
        event_id,
        starts_at,
        unnest(days) as day,
    from {{ chosen.counted_events }}
),

first_of_day as (  -- the first few of each day, without sorting all of them
    select
        day,
        count(*) as count,
        arg_min(event_id, (starts_at, event_id), $n) as event_ids,
    from dated
    where day between {{ chosen.range_start }} and {{ chosen.range_end }}
    group by day
),

shown as (
    select
        day,
        count,
        unnest(event_ids) as event_id,
    from first_of_day
)

select
    d.day,
    d.count,
    d.event_id,
    e.title,
    e.status,
    min(s.begins_at) as begins_at,
    e.timezone,
    arg_min(s.is_all_day, s.begins_at) as is_all_day,
from shown as d
inner join {{ chosen.counted_events }} as e on e.event_id = d.event_id
inner join {{ chosen.chosen_sessions }} as s on s.event_id = d.event_id and d.day between s.begins_on and s.ends_on
where s.begins_on <= {{ chosen.range_end }} and s.ends_on >= {{ chosen.range_start }}
group by d.day, d.count, d.event_id, e.title, e.status, e.timezone, e.starts_at
order by d.day, e.starts_at, d.event_id;
