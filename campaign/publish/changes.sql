-- Incoming events against those of the file. Input: incoming, build_options. Output: changes (one row per record).

-- A record may come twice in one import: the last one stands, the others are accounted for beside it.
create or replace temp table changes as
with ranked as (
    select
        record_id,
        part,
        event_id,
        content_hash,
        row_number() over last_first as rank,
        first_value(content_hash) over last_first as standing_hash,
    from incoming
    window last_first as (partition by event_id order by given_updated_at desc nulls last, record_id desc)
)

select
    r.record_id,
    r.part,
    r.event_id,
    r.rank,
    e.last_import_id as seen_by,
    case
        when e.event_id is null and r.rank = 1 then 'new'
        when r.content_hash = r.standing_hash and r.rank > 1 then 'unchanged'
        when e.content_hash = r.standing_hash and e.withdrawn_on is null then 'unchanged'
        else 'updated'
    end as change,
from ranked as r
left join (
    select
        event_id,
        content_hash,
        withdrawn_on,
        last_import_id,
    from events
) as e on e.event_id = r.event_id;

-- By which import an event that comes again was last seen before this one.
insert into came_back
select
    c.event_id,
    c.part,
    c.seen_by,
from changes as c
inner join build_options as o using (part)
where c.rank = 1 and c.seen_by < o.import_id;
