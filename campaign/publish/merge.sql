-- New and changed events into the file. Input: incoming, keyed_records, session_rows, changes, kept_dates, arriving_findings,
-- build_options.
-- Output: the tables of events.

create or replace temp table arriving as
select
    record_id,
    event_id,
    change,
from changes
where
    rank = 1
    and change <> 'unchanged';

insert into events by name
select
    i.* exclude (record_id, part, organiser_list_id, session_key, given_created_at, given_updated_at, territory),
    false as is_withheld,
    -- the first date known of an event stays; that of the import gives way to the source's
    case
        when not k.created_at_is_import then k.created_at
        else coalesce(i.given_created_at, k.created_at, o.imported_at)
    end as created_at,
    timezone('Europe/Paris', case
        when not k.created_at_is_import then k.created_at
        else coalesce(i.given_created_at, k.created_at, o.imported_at)
    end)::date as registered_on,
    case
        when k.event_id is not null and not k.created_at_is_import then false
        else i.given_created_at is null
    end as created_at_is_import,
    coalesce(i.given_updated_at, o.imported_at) as updated_at,
    coalesce(k.first_import_id, o.import_id) as first_import_id,
    o.import_id as last_import_id,
from incoming as i
inner join arriving as a using (record_id)
inner join build_options as o using (part)
left join kept_dates as k on k.event_id = i.event_id;

insert into sessions by name
select
    a.event_id,
    s.begins_at,
    s.ends_at,
    s.is_all_day,
    s.begins_on,
    s.ends_on,
from keyed_records as k
inner join arriving as a using (record_id)
inner join session_rows as s using (sessions_id);

-- Organisers: each list of labels is read once. The first spelling names an organiser, the others are kept as aliases.
create or replace temp table listed_organisers as
with labels as (
    select
        organiser_list_id,
        unnest(organiser_labels) as name,
        generate_subscripts(organiser_labels, 1) as position,
    from organiser_lists
)

select
    organiser_list_id,
    slug(name) as organiser_id,
    arg_min(name, position) as name,
    case when min(position) = 1 then 'lead' else 'partner' end as role,
from labels
where slug(name) <> ''
group by
    organiser_list_id,
    slug(name);

create or replace temp table spelt_organisers as
select
    organiser_id,
    list_sort(list(distinct name)) as names,
from listed_organisers
group by organiser_id;

update organisers
set aliases = list_sort(list_distinct(list_filter(aliases || s.names, lambda n: n <> organisers.name)))
from spelt_organisers as s
where
    s.organiser_id = organisers.organiser_id
    and len(list_filter(s.names, lambda n: n <> organisers.name and not list_contains(organisers.aliases, n))) > 0;

insert into organisers by name
select
    organiser_id,
    names[1] as name,
    null as family,
    names[2:] as aliases,
from spelt_organisers
where organiser_id not in (select organiser_id from organisers);

insert into event_organisers by name
select
    a.event_id,
    l.organiser_id,
    l.organiser_id as named_id,
    l.role,
from incoming as i
inner join arriving as a using (record_id)
inner join listed_organisers as l using (organiser_list_id);

insert into themes by name
with labels as (
    select unnest(theme_labels) as label
    from theme_lists
)

select
    slug(label) as theme,
    min(label) as label,
from labels
where slug(label) <> '' and slug(label) not in (select theme from themes)
group by slug(label);

-- An event that came again unchanged keeps the findings that it has.
insert into findings by name
select distinct
    f.kind,
    c.event_id,
    o.import_id,
    f.detail,
from arriving_findings as f
inner join build_options as o using (part)
left join changes as c using (record_id)
where c.event_id is null or c.event_id in (select event_id from arriving);

-- The widest tables of a batch are not kept beside those of the next.
drop table session_lists;
drop table session_days;
drop table stray_records;
drop table located_places;
drop table place_lists;
drop table given_places;
drop table place_records;
