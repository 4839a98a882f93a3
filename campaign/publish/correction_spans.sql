-- The spans of days in which an event that people corrected stood so. Input: corrections, the tables of events as sources say.
-- Output: correction_spans (one row per event, state of its source and set of corrections decided by then; the present one has
-- no held_until), correction_values (one row per span and field corrected in it).
create or replace temp table decided_corrections as
select
    substr(md5(source || chr(31) || source_uid), 1, 16) as event_id,
    source,
    source_uid,
    field,
    value,
    replaced,
    decided_at,
    timezone('Europe/Paris', decided_at)::date as decided_on,
from corrections;

create or replace temp table correction_spans as
with past as (
    select
        v.event_id,
        v.replaced_on,
        v.was,
        v.sessions,
        v.organisers,
        lag(v.replaced_on) over (partition by v.event_id order by v.rowid) as held_from,
    from event_versions as v
    where v.event_id in (select event_id from decided_corrections)
),

states as (
    select
        event_id,
        held_from,
        replaced_on as held_until,
        was,
        sessions,
        organisers,
    from past
    where held_from is distinct from replaced_on
    union all by name
    select
        e.event_id,
        (select max(p.replaced_on) from past as p where p.event_id = e.event_id) as held_from,
        null as held_until,
        e as was,
        coalesce((select list(s order by begins_at, ends_at) from sessions as s where s.event_id = e.event_id), []) as sessions,
        coalesce((select list(g order by role, organiser_id) from event_organisers as g where g.event_id = e.event_id), [])
            as organisers,
    from events as e
    where e.event_id in (select event_id from decided_corrections)
),

-- a correction decided today or later than the day on which a state began cuts it in two
cuts as (
    select
        s.event_id,
        s.held_from as state_from,
        -- list_distinct leaves out the null that the first state begins with
        unnest([s.held_from] || list_distinct(coalesce(list(d.decided_on), []))) as cut,
    from states as s
    left join decided_corrections as d
        on
            d.event_id = s.event_id
            and coalesce(d.decided_on > s.held_from, true)
            and coalesce(d.decided_on < s.held_until, true)
    group by s.event_id, s.held_from
)

select
    row_number() over (order by s.event_id, c.cut nulls first)::integer as span_id,
    s.event_id,
    c.cut as held_from,
    coalesce(lead(c.cut) over (partition by s.event_id, s.held_from order by c.cut nulls first), s.held_until) as held_until,
    s.was,
    s.sessions,
    s.organisers,
from states as s
inner join cuts as c on c.event_id = s.event_id and c.state_from is not distinct from s.held_from;

create or replace temp table correction_values as
select
    s.span_id,
    d.*,
from correction_spans as s
inner join decided_corrections as d on d.event_id = s.event_id and coalesce(d.decided_on <= s.held_from, false);

truncate corrected_states;

insert into findings by name
select
    'correction_without_event' as kind,
    source || ' · ' || source_uid || ' : ' || field as detail,
from decided_corrections
where event_id not in (select event_id from events);
