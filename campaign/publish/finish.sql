-- What depends on the whole file: the first real import publishes without demonstration events, which stay for a rollback.
update events
set is_withheld = not is_withheld
where is_withheld <> (is_demo and exists (select 1 from imports where not is_demo));

update file_info
set
    published_at = now(),
    is_demo = not exists (select 1 from imports where not is_demo) and exists (select 1 from imports);

-- Many events of different places on one and the same point: a default pin. One finding per event, with their number.
delete from findings where kind = 'pile_up';

insert into findings by name
with crowds as (
    select
        edition,
        lat,
        lon,
    from {{ every.counted_events }}
    where lat is not null and place_precision = 'address'
    group by edition, lat, lon
    having count(*) >= 20
),

crowded as (
    select
        e.edition,
        e.lat,
        e.lon,
        concat_ws(' ', e.venue, e.address) as text,
    from {{ every.counted_events }} as e
    inner join crowds as c on c.edition is not distinct from e.edition and c.lat = e.lat and c.lon = e.lon
    where e.place_precision = 'address'
),

-- Many events share a text: each is made searchable once, and a number stands for it.
texts as (
    select
        text,
        hash(searchable(text)) as text_id,
    from (select distinct text from crowded)
),

points as (
    select
        c.edition,
        c.lat,
        c.lon,
        count(*) as n_events,
    from crowded as c
    inner join texts as t using (text)
    group by c.edition, c.lat, c.lon
    having count(distinct t.text_id) >= 5
)

select
    'pile_up' as kind,
    e.event_id,
    e.last_import_id as import_id,
    p.n_events::varchar as detail,
from {{ every.counted_events }} as e
inner join points as p on p.edition is not distinct from e.edition and p.lat = e.lat and p.lon = e.lon
where e.place_precision = 'address';
