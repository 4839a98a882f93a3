-- What depends on the whole file: the first real import publishes without demonstration events, which stay for a rollback.
update events
set is_withheld = not is_withheld
where is_withheld <> (is_demo and exists (select 1 from imports where not is_demo));

update file_info
set
    published_at = now(),
    is_demo = not exists (select 1 from imports where not is_demo) and exists (select 1 from imports);

-- No filter: what counted_events takes for all that counts.
create or replace temp macro everything() as
    {
        'edition': null::smallint[],
        'region': null::varchar[],
        'nomenclature': 2014::smallint,
        'departement': null::varchar[],
        'type': null::varchar[],
        'theme': null::varchar[],
        'attendance_mode': null::varchar[],
        'commune': null::varchar[],
        'organiser': null::varchar[],
        'free': null::boolean,
        'accessible': null::varchar[],
        'audience': null::varchar[],
        'id': null::varchar[],
        'from_day': null::date,
        'to_day': null::date,
        'as_of': null::date,
        'words': null::varchar[],
        'spellings': null::varchar[][],
        'near_lat': null::double,
        'near_lon': null::double,
        'radius_km': null::double,
        'unit': 'events',
    };

-- The same event said twice: same title, same beginning, same commune (or both without), in one edition. The first is kept
-- as it is, the others say which one it is; all of them count.
delete from findings where kind = 'duplicate';

insert into findings by name
with keyed as (
    select
        event_id,
        hash(edition, searchable(title), starts_at, commune_of(commune_code), attendance_mode) as key,
        first_import_id,
        last_import_id,
    from counted_events(everything())
    where starts_at is not null
),

repeated as (
    select
        key,
        arg_min(event_id, (first_import_id, event_id)) as first_id,
    from keyed
    group by key
    having count(*) > 1
)

select
    'duplicate' as kind,
    k.event_id,
    k.last_import_id as import_id,
    r.first_id as detail,
from keyed as k
inner join repeated as r using (key)
where k.event_id <> r.first_id;
