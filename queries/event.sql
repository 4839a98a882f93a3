-- What is this event?
-- grain: at most one row: the published event of that id, cancelled or not, as it stood on the day of $chosen if that asks for one
-- event_id · edition · title · description · type · type_label · type_label_en · themes: slugs · theme_labels · organiser: lead
-- lead_organiser_id · starts_at, ends_at: instants · n_sessions · venue · address · postcode · commune · commune_code
-- commune_now: the name that it has today, or of the commune that stands for it
-- departement_code · departement: name · region_2014_code · region_2014: name · region_2016_code · region_2016: name
-- lat · lon · place_precision · attendance_mode · status · url · source · updated_at · is_demo · timezone · conditions
-- registration_url · online_url · accessibility · age_min · age_max · is_free · in_campaign
-- country_code · licence: of the import that last brought it · other_id, other_title: the event that it repeats, if that was decided
with found as materialized (
    select *
    from {{ chosen.known_events }}
    where event_id = $event_id and is_published and withdrawn_on is null
),

original as (  -- looked for where there is one
    select
        event_id,
        title,
    from events
    where event_id in (select duplicate_of from found) and is_published and not is_withheld
)

select
    e.event_id,
    e.edition,
    e.title,
    e.description,
    e.type,
    t.label_fr as type_label,
    t.label_en as type_label_en,
    e.themes,
    (select list(label order by label) from themes where list_contains(e.themes, theme)) as theme_labels,
    e.organiser,
    e.lead_organiser_id,
    e.starts_at,
    e.ends_at,
    e.n_sessions,
    e.venue,
    e.address,
    e.postcode,
    e.commune,
    e.commune_code,
    n.name as commune_now,
    e.departement_code,
    d.name as departement,
    e.region_2014_code,
    old.name as region_2014,
    e.region_2016_code,
    new.name as region_2016,
    e.lat,
    e.lon,
    e.place_precision,
    e.attendance_mode,
    e.status,
    e.url,
    e.source,
    e.updated_at,
    e.is_demo,
    e.timezone,
    e.conditions,
    e.registration_url,
    e.online_url,
    e.accessibility,
    e.age_min,
    e.age_max,
    e.is_free,
    e.in_campaign,
    e.country_code,
    i.licence,
    k.event_id as other_id,
    k.title as other_title,
from found as e
left join event_types as t on t.type = e.type
left join departements as d on d.departement_code = e.departement_code
left join regions as old on old.nomenclature = 2014 and old.region_code = e.region_2014_code
left join regions as new on new.nomenclature = 2016 and new.region_code = e.region_2016_code
left join commune_periods as n on n.commune_code = e.commune_code_now and n.valid_to is null
left join imports as i on i.import_id = e.last_import_id
left join original as k on k.event_id = e.duplicate_of;
