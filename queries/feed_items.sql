-- What is new among the chosen events?
-- grain: one row per counted event, latest change first, at most $limit (null: all), after ($after_updated, $after_id) if given
-- event_id · title · type_label: in $lang · organiser · starts_at · ends_at · timezone · n_sessions · venue · postcode · commune · commune_code
-- attendance_mode · status · updated_at · is_demo · source · licence: of the import that last brought it
with page as (
    select event_id
    from {{ chosen.counted_events }}
    where
        $after_id::varchar is null
        or updated_at < $after_updated::timestamptz
        or (updated_at = $after_updated::timestamptz and event_id > $after_id::varchar)
    order by updated_at desc, event_id
    limit $limit
)

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
    e.postcode,
    e.commune,
    e.commune_code,
    e.attendance_mode,
    e.status,
    e.updated_at,
    e.is_demo,
    e.source,
    i.licence,
from page
inner join {{ chosen.known_events }} as e on e.event_id = page.event_id
left join event_types as t on t.type = e.type
left join imports as i on i.import_id = e.last_import_id
order by e.updated_at desc, e.event_id;
