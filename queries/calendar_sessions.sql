-- Which sessions does a calendar of the chosen events hold?
-- grain: one row per session, within the chosen days and times of day, of an event that counts or is cancelled, by starts_instant and event_id, then begins_utc;
-- of $limit events after ($after_starts, $after_id) if given (null: all); of the event $event_id alone if that is given
-- event_id · uid_part: names the session among those of its event, null for the first · title · type_label: in $lang
-- theme_labels · organiser · n_sessions: of the event · begins_utc, ends_utc: compact UTC · is_all_day · begins_on
-- ends_on: local day · venue · address · postcode · commune · lat · lon · attendance_mode · status · url · source
-- updated_utc: compact UTC · n_updates: how often imports changed the event · is_demo
-- licence: of the import that last brought it · starts_instant: for paging
with page as (
    select event_id
    from {{ chosen.chosen_events }}
    where
        n_sessions > 0
        and ($event_id::varchar is null or event_id = $event_id)
        and ($after_id::varchar is null or (starts_at, event_id) > ($after_starts::timestamptz, $after_id::varchar))
    order by starts_at, event_id
    limit $limit
),

numbered as (
    select
        s.*,
        row_number() over (partition by s.event_id, s.begins_at order by s.ends_at) as n_at_once,
    from page
    inner join {{ chosen.chosen_sessions }} as s on s.event_id = page.event_id
),

changed as (
    select
        v.event_id,
        count(*) as n_updates,
    from page
    inner join event_versions as v on v.event_id = page.event_id
    where {{ chosen.as_of }} is null or v.replaced_on <= {{ chosen.as_of }}
    group by v.event_id
)

select
    e.event_id,
    case
        when s.begins_at = e.starts_at and s.n_at_once = 1 then null
        else strftime(timezone('UTC', s.begins_at), '%Y%m%dT%H%M%SZ') || if(s.n_at_once > 1, '-' || s.n_at_once, '')
    end as uid_part,
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
    e.source,
    strftime(timezone('UTC', e.updated_at), '%Y%m%dT%H%M%SZ') as updated_utc,
    coalesce(c.n_updates, 0) as n_updates,
    e.is_demo,
    i.licence,
    e.starts_at as starts_instant,
from numbered as s
inner join {{ chosen.known_events }} as e on e.event_id = s.event_id
left join imports as i on i.import_id = e.last_import_id
left join event_types as t on t.type = e.type
left join changed as c on c.event_id = e.event_id
where
    s.begins_on <= {{ chosen.range_end }}
    and s.ends_on >= {{ chosen.range_start }}
order by e.starts_at, e.event_id, s.begins_at, s.ends_at;
