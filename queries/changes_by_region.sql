-- What did the last import bring, region by region?
-- grain: one row per region (null: none) with a counted event that the last import brought or changed
-- region_code: in the chosen nomenclature · n_new: first seen in that import · n_changed: changed by it
-- imported_at: of that import
with last as (
    select
        import_id,
        imported_at,
    from imports
    where {{ chosen.as_of }} is null or timezone('Europe/Paris', imported_at)::date <= {{ chosen.as_of }}
    order by import_id desc
    limit 1
),

changed as (
    select distinct event_id
    from event_versions
    where import_id = (select import_id from last)
)

select
    {{ chosen.region('e') }} as region_code,
    count(*) filter (e.first_import_id = l.import_id) as n_new,
    count(*) filter (c.event_id is not null and e.first_import_id <> l.import_id) as n_changed,
    any_value(l.imported_at) as imported_at,
from {{ chosen.counted_events }} as e
cross join last as l
left join changed as c on c.event_id = e.event_id
where e.first_import_id = l.import_id or c.event_id is not null
group by region_code
order by n_new desc, n_changed desc, region_code;
