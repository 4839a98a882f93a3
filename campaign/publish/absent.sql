-- Events that a source's import before held and this one does not. Input: build_options (with is_full, is_partial), came_back.
-- Output: absent_events. A file may be a part only: unless it is said to be full, it is compared with the source's import
-- before, and only when it brought back at least half of that one's events. What is asked for as a part says nothing of others.
create or replace temp table absent_events as
with before as (
    select max(i.import_id) as import_id
    from imports as i
    inner join build_options as o on i.source = o.source
),

editions_read as (
    select distinct e.edition
    from events as e
    inner join build_options as o on e.last_import_id = o.import_id
),

missing as (
    select
        e.event_id,
        e.last_import_id = b.import_id as is_of_before,
    from events as e
    inner join build_options as o on e.source = o.source and e.last_import_id < o.import_id
    cross join before as b
    where
        e.withdrawn_on is null
        and e.edition in (select edition from editions_read)
)

select event_id
from missing
where
    (select is_full from build_options)
    or (
        is_of_before
        and not (select is_partial from build_options)
        and (select count(*) from came_back where last_import_id = (select import_id from before))
        >= (select count(*) from missing where is_of_before)
    );

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
cross join build_options as o;
