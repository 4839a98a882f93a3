-- Which sessions does a calendar of the chosen events hold?
-- grain: one row per session of an event that counts or is cancelled, within the chosen days, by begins_at and event_id;
-- of the event $event_id alone if that is given
-- event_id · title · type_label: in $lang · theme_labels · organiser · n_sessions: of the event · begins_utc, ends_utc: compact UTC
-- is_all_day · begins_on · ends_on: local days · venue · address · postcode · commune · lat · lon · attendance_mode · status · url
-- updated_utc: compact UTC · is_demo
select
    e.event_id,
    e.title,
    case when $lang = 'en' then t.label_en else t.label_fr end as type_label,
    (select list(label order by label) from themes where list_contains(e.themes, theme)) as theme_labels,
    e.organiser,
    e.n_sessions,
    strftime(timezone('UTC', s.begins_at), '%Y%m%dT%H%M%SZ') as begins_utc,
    case when s.ends_at > s.begins_at then strftime(timezone('UTC', s.ends_at), '%Y%m%dT%H%M%SZ') end as ends_utc,
    s.is_all_day,
    s.begins_on,
    s.ends_on,
    e.venue,
    e.address,
    e.postcode,
    e.commune,
    e.lat,
    e.lon,
    e.attendance_mode,
    e.status,
    e.url,
    strftime(timezone('UTC', e.updated_at), '%Y%m%dT%H%M%SZ') as updated_utc,
    e.is_demo,
from chosen_events($chosen) as e
inner join sessions_at($chosen) as s on s.event_id = e.event_id
left join event_types as t on t.type = e.type
where
    ($event_id::varchar is null or e.event_id = $event_id)
    and s.begins_on <= range_end($chosen)
    and s.ends_on >= range_start($chosen)
order by s.begins_at, e.event_id, s.ends_at;
