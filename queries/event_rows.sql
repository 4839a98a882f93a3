-- Which events? The columns of every public address and export.
-- grain: one row per counted event, by starts_at (undated last) and event_id, after ($after_starts, $after_id) if given
-- event_id · edition · title · type · type_label: in $lang · themes: slugs · organiser: lead · starts_at, ends_at: ISO 8601 with
-- local offset · n_sessions · venue · address · postcode · commune · commune_code · departement_code · region_2014_code
-- region_2016_code · lat · lon · place_precision · attendance_mode · status · url · source
-- updated_at: ISO 8601 · is_demo · licence: of the import that last brought it
-- commune_code_now: of the commune that has stood for it since · starts_instant: for paging
with page as (  -- sorted by its keys alone: whole rows would have to be held in memory
    select event_id
    from {{ chosen.counted_events }}
    where
        $after_id::varchar is null
        or (coalesce(starts_at, timestamptz '9999-12-31 00:00:00+00'), event_id)
        > ($after_starts::timestamptz, $after_id::varchar)
    order by coalesce(starts_at, timestamptz '9999-12-31 00:00:00+00'), event_id
    limit $limit
)

select
    p.event_id,
    p.edition,
    p.title,
    p.type,
    case when $lang = 'en' then t.label_en else t.label_fr end as type_label,
    p.themes,
    p.organiser,
    iso_local(p.starts_at, p.timezone) as starts_at,
    iso_local(p.ends_at, p.timezone) as ends_at,
    p.n_sessions,
    p.venue,
    p.address,
    p.postcode,
    p.commune,
    p.commune_code,
    p.departement_code,
    p.region_2014_code,
    p.region_2016_code,
    p.lat,
    p.lon,
    p.place_precision,
    p.attendance_mode,
    p.status,
    p.url,
    p.source,
    iso_local(p.updated_at, 'Europe/Paris') as updated_at,
    p.is_demo,
    i.licence,
    p.commune_code_now,
    coalesce(p.starts_at, timestamptz '9999-12-31 00:00:00+00') as starts_instant,
from page
inner join {{ chosen.known_events }} as p on p.event_id = page.event_id
left join event_types as t on t.type = p.type
left join imports as i on i.import_id = p.last_import_id
order by starts_instant, p.event_id;
