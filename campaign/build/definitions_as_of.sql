-- Any answer as it stood on the day (chosen).as_of, and the macros that queries name: each is the sum of its ways, of which a
-- choice takes one (campaign/filter_plan.py names it, because planning all of them costs more than running one).

-- Past states that stood on that day: of an event that changed later, the first of its states to be replaced later.
create or replace macro versions_as_of(chosen) as table
    select v.*
    from event_versions as v
    inner join (
        select min(rowid) as version
        from event_versions
        where replaced_on > (chosen).as_of
        group by event_id
    ) as stood on stood.version = v.rowid;

-- Events as they stood: known by that day, in the state of that day, twins only from the day of the decision on. (Materialised, `known`
-- would hold every column of every event.)
create or replace macro events_as_of(chosen) as table
    with known as not materialized (
        select *
        from events
        where
            registered_on <= (chosen).as_of
            and not is_withheld
            and (duplicate_since is null or duplicate_since > (chosen).as_of)
    )

    select *
    from known
    where event_id not in (select event_id from event_versions where replaced_on > (chosen).as_of)
    union all by name
    select was.*
    from versions_as_of(chosen)
    where event_id in (select event_id from known);

create or replace macro sessions_as_of(chosen) as table
    select *
    from sessions
    where event_id not in (select event_id from event_versions where replaced_on > (chosen).as_of)
    union all by name
    select unnest(sessions, recursive := true)
    from versions_as_of(chosen);

create or replace macro chosen_events_as_of(chosen) as table
    select *
    from events_as_of(chosen)
    where is_chosen(chosen);

create or replace macro counted_events_as_of(chosen) as table
    select *
    from chosen_events_as_of(chosen)
    where status <> 'cancelled';

create or replace macro counted_cells_as_of(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        count(*) as n_events,
        sum(sessions_between(session_spans, range_start(chosen), range_end(chosen))) as n_sessions,
        sum(days_between(days, range_start(chosen), range_end(chosen))) as n_days,
    from counted_events_as_of(chosen)
    group by all;

create or replace macro counted_themes_as_of(chosen) as table
    select
        themes,
        count(*) as n_events,
        sum(sessions_between(session_spans, range_start(chosen), range_end(chosen))) as n_sessions,
        sum(days_between(days, range_start(chosen), range_end(chosen))) as n_days,
    from counted_events_as_of(chosen)
    group by themes;

create or replace macro counted_days_as_of(chosen) as table
    select
        edition,
        day,
        placement,
        count(*) as n_events,
        sum(sessions_between(session_spans, day, day)) as n_sessions,
    from (
        select
            edition,
            placement,
            session_spans,
            unnest(days) as day,
        from counted_events_as_of(chosen)
    )
    where day between range_start(chosen) and range_end(chosen)
    group by all;

create or replace macro counted_distincts_as_of(chosen) as table
    select
        count(distinct lead_organiser_id) as n_organisers,
        count(lead_organiser_id) as n_with_organiser,
        count(distinct commune_of(commune_code)) as n_communes,
        count(distinct departement_code) as n_departements,
    from counted_events_as_of(chosen);

create or replace macro counted_communes_as_of(chosen) as table
    select
        edition,
        commune_code,
        count(*) as n_events,
    from counted_events_as_of(chosen)
    where commune_code is not null
    group by all;

create or replace macro counted_registrations_as_of(chosen) as table
    select
        edition,
        region_2014_code,
        registered_on,
        count(*) as n_events,
        count(*) filter (created_at_is_import) as n_import_dated,
    from counted_events_as_of(chosen)
    group by all;

create or replace macro counted_organisers_as_of(chosen) as table
    select
        edition,
        lead_organiser_id as organiser_id,
        count(*) as n_events,
    from counted_events_as_of(chosen)
    group by all;

create or replace macro counted_shared_as_of(chosen) as table
    select count(*) as n_shared
    from counted_events_as_of(chosen)
    where event_id in (select event_id from shared_events);

-- The names that queries call.
create or replace macro events_now(chosen) as table
    select *
    from events
    where not is_withheld;

create or replace macro sessions_now(chosen) as table
    select *
    from sessions;

create or replace macro events_at(chosen) as table
    select * from events_now(chosen) where (chosen).as_of is null
    union all by name
    select * from events_as_of(chosen) where (chosen).as_of is not null;

create or replace macro sessions_at(chosen) as table
    select * from sessions_now(chosen) where (chosen).as_of is null
    union all by name
    select * from sessions_as_of(chosen) where (chosen).as_of is not null;

create or replace macro chosen_events(chosen) as table
    select * from chosen_events_now(chosen) where (chosen).as_of is null
    union all by name
    select * from chosen_events_as_of(chosen) where (chosen).as_of is not null;

create or replace macro counted_events(chosen) as table
    select * from counted_events_now(chosen) where (chosen).as_of is null
    union all by name
    select * from counted_events_as_of(chosen) where (chosen).as_of is not null;

create or replace macro counted_cells(chosen) as table
    select * from counted_cells_by_place(chosen)
    where not needs_scan(chosen) and not needs_days(chosen) and (chosen).theme is null
    union all
    select * from counted_cells_by_theme(chosen)
    where not needs_scan(chosen) and not needs_days(chosen) and (chosen).theme is not null
    union all
    select * from counted_cells_by_day(chosen)
    where not needs_scan(chosen) and needs_days(chosen)
    union all
    select * from counted_cells_scanned(chosen)
    where needs_scan(chosen) and (chosen).as_of is null
    union all
    select * from counted_cells_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_themes(chosen) as table
    select * from counted_themes_by_cell(chosen) where not needs_scan(chosen) and not needs_days(chosen)
    union all
    select * from counted_themes_scanned(chosen) where (needs_scan(chosen) or needs_days(chosen)) and (chosen).as_of is null
    union all
    select * from counted_themes_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_days(chosen) as table
    select * from counted_days_by_cell(chosen) where not needs_scan(chosen) and (chosen).theme is null
    union all
    select * from counted_days_scanned(chosen) where (needs_scan(chosen) or (chosen).theme is not null) and (chosen).as_of is null
    union all
    select * from counted_days_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_distincts(chosen) as table
    select * from counted_distincts_stored(chosen) where stored_distincts(chosen)
    union all
    select * from counted_distincts_scanned(chosen) where not stored_distincts(chosen) and (chosen).as_of is null
    union all
    select * from counted_distincts_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_communes(chosen) as table
    select * from counted_communes_by_cell(chosen) where not needs_more(chosen)
    union all
    select * from counted_communes_scanned(chosen) where needs_more(chosen) and (chosen).as_of is null
    union all
    select * from counted_communes_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_registrations(chosen) as table
    select * from counted_registrations_by_cell(chosen) where not needs_more(chosen)
    union all
    select * from counted_registrations_scanned(chosen) where needs_more(chosen) and (chosen).as_of is null
    union all
    select * from counted_registrations_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_organisers(chosen) as table
    select * from counted_organisers_by_cell(chosen) where not needs_more(chosen) and (chosen).type is null
    union all
    select * from counted_organisers_scanned(chosen)
    where (needs_more(chosen) or (chosen).type is not null) and (chosen).as_of is null
    union all
    select * from counted_organisers_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_shared(chosen) as table
    select * from counted_shared_by_cell(chosen) where not needs_more(chosen) and (chosen).type is null
    union all
    select * from counted_shared_scanned(chosen)
    where (needs_more(chosen) or (chosen).type is not null) and (chosen).as_of is null
    union all
    select * from counted_shared_as_of(chosen)
    where (chosen).as_of is not null;

-- What an import changed: one row per event. An event that comes back after its withdrawal is edited.
create or replace macro import_changes(asked) as table
    with changed as (
        select
            event_id,
            list_sort(list_distinct(flatten(list(changed_fields)))) as fields,
        from event_versions
        where import_id = asked
        group by event_id
    ),

    changes as (
        select
            e.event_id,
            case
                when e.first_import_id = asked then 'new'
                when list_contains(c.fields, 'withdrawn') and e.last_import_id <> asked then 'withdrawn'
                when list_has_any(c.fields, ['place', 'sessions']) then 'moved'
                else 'edited'
            end as change,
            c.fields,
        from changed as c
        inner join events as e on e.event_id = c.event_id
        union all
        select distinct
            event_id,
            'absent',
            null,
        from findings
        where
            kind = 'absent_from_import'
            and import_id = asked
            and event_id not in (select event_id from changed)
    )

    select
        e.event_id,
        c.change,
        c.fields,
        e.starts_at,
        e.region_2014_code,
        e.region_2016_code,
        e.departement_code,
        e.is_published,
        e.withdrawn_on,
    from changes as c
    inner join events as e on e.event_id = c.event_id
    where not e.is_withheld and (c.change <> 'absent' or e.first_import_id <> asked)
    union all
    select
        events.event_id,
        'new',
        null,
        starts_at,
        region_2014_code,
        region_2016_code,
        departement_code,
        is_published,
        withdrawn_on,
    from events
    anti join changed on changed.event_id = events.event_id
    where
        first_import_id = asked
        and not is_withheld;
