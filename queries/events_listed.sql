-- Which events does the agenda list?
-- grain: one row per counted event, by starts_at (undated last) and event_id, $limit rows from $offset
-- event_id · title · type · label_fr · label_en · organiser · starts_at · ends_at · timezone · n_sessions · venue · commune
-- departement_code · departement · place_precision · attendance_mode · status
-- distance_km: from the chosen point, null without
with page as (
    select *
    from counted_events($chosen)
    order by starts_at nulls last, event_id
    limit $limit offset $offset
)

select
    p.event_id,
    p.title,
    p.type,
    t.label_fr,
    t.label_en,
    p.organiser,
    p.starts_at,
    p.ends_at,
    p.timezone,
    p.n_sessions,
    p.venue,
    p.commune,
    p.departement_code,
    d.name as departement,
    p.place_precision,
    p.attendance_mode,
    p.status,
    distance_km(($chosen).near_lat, ($chosen).near_lon, p.lat, p.lon) as distance_km,
from page as p
left join event_types as t on t.type = p.type
left join departements as d on d.departement_code = p.departement_code
order by p.starts_at nulls last, p.event_id;
