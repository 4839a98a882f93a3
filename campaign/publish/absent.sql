-- Events that a source's import before held and this one does not. Input: build_options (with is_full, is_partial, is_emptied), came_back.
-- Output: absent_events. A file may be a part only: unless it is said to be full, it is compared with the source's import
-- before, and only when it brought back at least half of that one's events. What is asked for as a part says nothing of others.
create or replace temp table absent_events as
with before as (
    select
        o.part,
        max(i.import_id) as import_id,
    from imports as i
    inner join build_options as o on i.source = o.source
    group by o.part
),

editions_read as (
    select distinct
        o.part,
        e.edition,
    from events as e
    inner join build_options as o on e.last_import_id = o.import_id
    union
    -- one that was emptied, as a person confirmed, is compared with the editions of the import before
    select distinct
        o.part,
        e.edition,
    from events as e
    inner join build_options as o on o.source = e.source and o.is_emptied
    inner join before as b on b.part = o.part and b.import_id = e.last_import_id
),

missing as (
    select
        e.event_id,
        o.part,
        o.is_full,
        o.is_partial,
        e.last_import_id = b.import_id as is_of_before,
        count(*) filter (e.last_import_id = b.import_id) over (partition by o.part) as n_of_before,
    from events as e
    inner join build_options as o on e.source = o.source and e.last_import_id < o.import_id
    inner join editions_read as r on r.part = o.part and r.edition = e.edition
    left join before as b on b.part = o.part
    where e.withdrawn_on is null
),

returned as (
    select
        c.part,
        count(*) as n_events,
    from came_back as c
    inner join before as b on b.part = c.part and b.import_id = c.last_import_id
    group by c.part
)

select
    m.event_id,
    m.part,
from missing as m
left join returned as r on r.part = m.part
where m.is_full or (m.is_of_before and not m.is_partial and r.n_events >= m.n_of_before);

-- What came back is absent no more.
delete from findings
where
    kind in ('absent_from_import', 'withdrawn')
    and event_id in (select event_id from came_back);

insert into findings by name
select
    case when o.is_full then 'withdrawn' else 'absent_from_import' end as kind,
    a.event_id,
    o.import_id,
    null as detail,
from absent_events as a
inner join build_options as o using (part);
