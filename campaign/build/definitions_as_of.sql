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

-- Events as they stood, twins included: known by that day, in the state of that day. (Materialised, `known` would hold every column
-- of every event.)
create or replace macro states_as_of(chosen) as table
    with known as not materialized (
        select *
        from events
        where registered_on <= (chosen).as_of and not is_withheld
    )

    select *
    from known
    where event_id not in (select event_id from event_versions where replaced_on > (chosen).as_of)
    union all by name
    select was.*
    from versions_as_of(chosen)
    where event_id in (select event_id from known);

-- Twins by the decisions of that day and before, among the states of that day: campaign/build/duplicates.sql, as it was then.
create or replace macro twins_as_of(chosen) as table
    with recursive decided as (
        select
            event_id,
            twin_of,
        from duplicate_decisions
        where decision = 'accepted' and timezone('Europe/Paris', decided_at)::date <= (chosen).as_of
    ),

    links as (
        select
            event_id,
            twin_of as other_id,
        from decided
        union
        select
            twin_of,
            event_id,
        from decided
    ),

    reached as (
        select
            event_id,
            event_id as root_id,
        from links
        union
        select
            l.other_id,
            r.root_id,
        from reached as r
        inner join links as l on l.event_id = r.event_id
    ),

    groups as (
        select
            event_id,
            min(root_id) as group_id,
        from reached
        group by event_id
    ),

    ranked as (
        select
            s.event_id,
            row_number() over in_order as rank,
            first_value(s.event_id) over in_order as standing_id,
        from states_as_of(chosen) as s
        inner join groups as g on g.event_id = s.event_id
        where is_public(s.is_published, s.in_campaign, s.withdrawn_on) and s.status <> 'cancelled'
        window in_order as (
            partition by g.group_id
            order by s.event_id in (select event_id from decided), s.first_import_id, s.event_id
        )
    )

    select
        event_id,
        standing_id as duplicate_of,
    from ranked
    where rank > 1;

create or replace macro events_as_of(chosen) as table
    select
        s.* exclude (duplicate_of, duplicate_since),
        t.duplicate_of,
    from states_as_of(chosen) as s
    left join twins_as_of(chosen) as t on t.event_id = s.event_id;

create or replace macro sessions_as_of(chosen) as table
    select *
    from sessions
    where event_id not in (select event_id from event_versions where replaced_on > (chosen).as_of)
    union all by name
    select unnest(sessions, recursive := true)
    from versions_as_of(chosen);

create or replace macro event_organisers_as_of(chosen) as table
    select *
    from event_organisers
    where event_id not in (select event_id from event_versions where replaced_on > (chosen).as_of)
    union all by name
    select unnest(organisers, recursive := true)
    from versions_as_of(chosen);

create or replace macro chosen_events_as_of(chosen) as table
    select *
    from events_as_of(chosen)
    where duplicate_of is null and is_chosen(chosen);

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

create or replace macro counted_first_days_as_of(chosen) as table
    select
        edition,
        first_day as day,
        count(*) as n_events,
    from counted_events_as_of(chosen)
    where first_day is not null
    group by all;

-- The columns of completeness_cells (campaign/build/cells.sql).
create or replace macro counted_completeness_as_of(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        count(*) as n_events,
        count(*) filter (placement <> 'unlocated') as n_placed,
        count(*) filter (place_precision in ('address', 'online')) as n_addressed,
        count(*) filter (starts_at is not null and ends_at is not null) as n_timed,
        count(*) filter (not type_is_guessed) as n_typed,
        count(*) filter (len(themes) > 0) as n_themed,
        count(lead_organiser_id) as n_organised,
        count(*) filter (description <> '') as n_described,
        count(*) filter (url is not null or registration_url is not null) as n_linked,
        count(conditions) as n_priced,
        count(*) filter (len(accessibility) > 0) as n_accessible,
    from counted_events_as_of(chosen)
    group by all;

create or replace macro counted_labels_as_of(chosen) as table
    select
        source,
        source_type_label,
        type,
        type_is_guessed,
        count(*) as n_events,
    from counted_events_as_of(chosen)
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
    where
        event_id in (
            select event_id
            from event_organisers_as_of(chosen)
            group by event_id
            having min(organiser_id) <> max(organiser_id)
        );

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

create or replace macro counted_first_days(chosen) as table
    select * from counted_first_days_by_cell(chosen)
    where not needs_scan(chosen) and not needs_days(chosen) and (chosen).theme is null
    union all
    select * from counted_first_days_scanned(chosen)
    where (needs_scan(chosen) or needs_days(chosen) or (chosen).theme is not null) and (chosen).as_of is null
    union all
    select * from counted_first_days_as_of(chosen)
    where (chosen).as_of is not null;

create or replace macro counted_completeness(chosen) as table
    select * from counted_completeness_by_cell(chosen) where (chosen).as_of is null
    union all by name
    select * from counted_completeness_as_of(chosen) where (chosen).as_of is not null;

create or replace macro counted_labels(chosen) as table
    select * from counted_labels_by_cell(chosen) where (chosen).as_of is null
    union all by name
    select * from counted_labels_as_of(chosen) where (chosen).as_of is not null;

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
