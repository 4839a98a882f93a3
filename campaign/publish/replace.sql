-- Makes room for what came again and has changed: keeps what it was, takes it out. Runs only when something came again.
-- Input: incoming, changes, build_options. Output: kept_dates; merge.sql then inserts the new state.

create or replace temp table changing as
select
    c.event_id,
    c.record_id,
from changes as c
where
    c.rank = 1
    and c.change = 'updated';

-- What an event was: its columns, and its sessions, organisers and findings, so that rollback.py can put them back.
insert into event_versions by name
with was_sessions as (
    select
        event_id,
        list(s order by begins_at, ends_at) as sessions,
    from sessions as s
    where event_id in (select event_id from changing)
    group by event_id
),

was_organisers as (
    select
        event_id,
        list(g order by role, organiser_id) as organisers,
    from event_organisers as g
    where event_id in (select event_id from changing)
    group by event_id
),

was_findings as (
    select
        event_id,
        list(f order by kind, detail) as findings,
    from findings as f
    where event_id in (select event_id from changing)
    group by event_id
)

select
    e.event_id,
    o.import_id,
    o.imported_at as changed_at,
    greatest(
        timezone('Europe/Paris', least(coalesce(i.given_updated_at, o.imported_at), o.imported_at))::date,
        timezone('Europe/Paris', p.imported_at)::date,
        r.replaced_on
    ) as replaced_on,
    list_filter([
        case when e.withdrawn_on is not null then 'withdrawn' end,
        case when e.title <> i.title then 'title' end,
        case when e.description is distinct from i.description then 'description' end,
        case when e.type <> i.type then 'type' end,
        case when e.themes <> i.themes then 'themes' end,
        case when e.organiser is distinct from i.organiser then 'organiser' end,
        case when e.status <> i.status then 'status' end,
        case when e.is_published <> i.is_published then 'is_published' end,
        case when e.attendance_mode <> i.attendance_mode then 'attendance_mode' end,
        case
            when (e.venue, e.address, e.postcode, e.commune, e.commune_code, e.departement_code, e.lat, e.lon)
                is distinct from (i.venue, i.address, i.postcode, i.commune, i.commune_code, i.departement_code, i.lat, i.lon)
                then 'place'
        end,
        case
            when (e.session_spans, e.starts_at, e.ends_at, e.n_sessions)
                is distinct from (i.session_spans, i.starts_at, i.ends_at, i.n_sessions) then 'sessions'
        end,
        case when (e.edition, e.in_campaign) is distinct from (i.edition, i.in_campaign) then 'edition' end,
        case when e.conditions is distinct from i.conditions then 'conditions' end,
        case
            when (e.url, e.registration_url, e.online_url) is distinct from (i.url, i.registration_url, i.online_url) then 'links'
        end,
        case
            when (e.accessibility, e.age_min, e.age_max) is distinct from (i.accessibility, i.age_min, i.age_max) then 'audience'
        end,
    ], lambda field: field is not null) as changed_fields,
    e as was,
    coalesce(s.sessions, []) as sessions,
    coalesce(g.organisers, []) as organisers,
    coalesce(f.findings, []) as findings,
from changing as c
inner join events as e using (event_id)
inner join incoming as i using (record_id)
inner join build_options as o using (part)
left join was_sessions as s using (event_id)
left join was_organisers as g using (event_id)
left join was_findings as f using (event_id)
left join imports as p on p.import_id = e.last_import_id
left join (select event_id, max(replaced_on) as replaced_on from event_versions group by event_id) as r using (event_id);

insert into kept_dates
select
    event_id,
    created_at,
    created_at_is_import,
    first_import_id,
from events
where event_id in (select event_id from changing);

update events
set last_import_id = o.import_id
from changes as c
inner join build_options as o using (part)
where c.event_id = events.event_id and c.change = 'unchanged' and c.rank = 1;

delete from sessions where event_id in (select event_id from changing);
delete from event_organisers where event_id in (select event_id from changing);
delete from findings where event_id in (select event_id from changing);
delete from events where event_id in (select event_id from changing);
