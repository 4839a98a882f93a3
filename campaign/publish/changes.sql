-- Incoming events against those of the file. Input: incoming, build_options. Output: changes (one row per record).

-- A record may come twice in one import: the last one stands, the others are accounted for beside it. Few do: only those are put
-- in order.
create or replace temp table changes as
with ranked as (
    select
        record_id,
        row_number() over last_first as rank,
        first_value(content_hash) over last_first as standing_hash,
    from incoming
    where event_id in (select i.event_id from incoming as i group by i.event_id having count(*) > 1)
    window last_first as (partition by event_id order by given_updated_at desc nulls last, record_id desc)
)

select
    r.record_id,
    r.part,
    r.event_id,
    coalesce(k.rank, 1) as rank,
    e.last_import_id as seen_by,
    case
        when e.event_id is null and coalesce(k.rank, 1) = 1 then 'new'
        when r.content_hash = k.standing_hash and k.rank > 1 then 'unchanged'
        when e.content_hash = coalesce(k.standing_hash, r.content_hash) and e.withdrawn_on is null then 'unchanged'
        else 'updated'
    end as change,
from incoming as r
left join ranked as k using (record_id)
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
