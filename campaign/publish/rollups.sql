-- Counts kept ready, so that a page's cost follows the number of their rows. All come from what counts
-- (queries/relations/counted_events.sql); rebuilt at publishing where what they count has changed (rollup_inputs.sql).
truncate theme_rollup;

insert into theme_rollup by name
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    array_to_string(list_sort(themes), ' ') as theme_key,
    attendance_mode,
    placement,
    count(*) as n_events,
    sum(n_sessions)::bigint as n_sessions,
    sum(n_days)::bigint as n_days,
from {{ every.counted_events }}
group by all
order by all;

truncate event_rollup;

insert into event_rollup by name
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    attendance_mode,
    placement,
    sum(n_events)::bigint as n_events,
    sum(n_sessions)::bigint as n_sessions,
    sum(n_days)::bigint as n_days,
from theme_rollup
group by all
order by all;

truncate day_rollup;

insert into day_rollup by name
with event_days as (
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        session_spans,
        unnest(days) as day,
        unnest(list_prepend(null, days[:-2])) as previous_day,
    from {{ every.counted_events }}
    where n_days > 0
)

select
    edition,
    day,
    previous_day,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    attendance_mode,
    placement,
    count(*) as n_events,
    sum(sessions_between(session_spans, day, day))::bigint as n_sessions,
    sum(len(list_filter(session_spans, lambda s: s.begins_on = day)))::bigint as n_sessions_begun,
from event_days
group by all
order by all;

-- One row per edition, commune and type.
truncate commune_rollup;

insert into commune_rollup by name
select
    edition,
    commune_code,
    departement_code,
    region_2014_code,
    region_2016_code,
    type,
    count(*) as n_events,
from {{ every.counted_events }}
where commune_code is not null
group by all
order by all;

-- One row per edition, territory, type and registration day.
truncate registration_rollup;

insert into registration_rollup by name
select
    edition,
    region_2014_code,
    region_2016_code,
    departement_code,
    type,
    registered_on,
    count(*) as n_events,
    count(*) filter (created_at_is_import) as n_import_dated,
from {{ every.counted_events }}
group by all
order by edition, departement_code;

-- One row per event with two organisers or more.
truncate shared_events;

insert into shared_events by name
select event_id
from event_organisers
where event_id in (select event_id from event_organisers where role = 'partner')
group by event_id
having min(organiser_id) <> max(organiser_id)
order by event_id;

-- One row per edition, territory and lead organiser.
truncate organiser_rollup;

insert into organiser_rollup by name
with places as (
    select distinct
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        hash(edition, region_2014_code, region_2016_code, departement_code) as place_id,
    from event_rollup
),

-- there may be as many of these as events: one number stands for a place, whose four columns would be compared
counts as (
    select
        hash(e.edition, e.region_2014_code, e.region_2016_code, e.departement_code) as place_id,
        e.lead_organiser_id as organiser_id,
        count(*) as n_events,
        count(s.event_id) as n_shared,
    from {{ every.counted_events }} as e
    left join shared_events as s on s.event_id = e.event_id
    group by all
)

select
    p.* exclude (place_id),
    c.* exclude (place_id),
from counts as c
inner join places as p using (place_id)
order by edition;

-- One row per edition, single territory (or the country) and single type (or null for all).
truncate distinct_counts;

-- Who and where, once each: distinct counts are then taken of far fewer rows than there are events. Numbers stand for codes, and for what
-- events are counted by, since numbers are told apart faster; the last two bits of that of a code say of what it is.
create or replace temp macro organiser_fact() as 0::ubigint;
create or replace temp macro commune_fact() as 1::ubigint;
create or replace temp macro departement_fact() as 2::ubigint;
create or replace temp macro fact_of(code, kind) as (hash(code) >> 2 << 2) | kind;
create or replace temp macro kind_of(fact) as fact & 3::ubigint;

create or replace temp table edition_facts as
select
    hash(edition, region_2014_code, region_2016_code, departement_code, type) as place_id,
    fact_of(lead_organiser_id, organiser_fact()) as fact,
    count(*) as n_events,
from {{ every.counted_events }}
where lead_organiser_id is not null
group by all
union all
select
    hash(edition, region_2014_code, region_2016_code, departement_code, type),
    fact_of(commune_of(commune_code), commune_fact()),
    0,
from commune_rollup
group by all
union all
select
    hash(edition, region_2014_code, region_2016_code, departement_code, type),
    fact_of(departement_code, departement_fact()),
    0,
from event_rollup
where departement_code is not null
group by all;

-- The territories that each place of a type lies in: `cell_id` stands for such a territory and type, `all_types_id` for it with all types.
create or replace temp table counted_cells as
with places as (
    select distinct
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
    from event_rollup
),

territories as (
    select
        hash(edition, region_2014_code, region_2016_code, departement_code, type) as place_id,
        edition,
        type,
        unnest([
            {'territory_level': 'country', 'territory_code': null},
            {'territory_level': 'region_2014', 'territory_code': region_2014_code},
            {'territory_level': 'region_2016', 'territory_code': region_2016_code},
            {'territory_level': 'departement', 'territory_code': departement_code},
        ], recursive := true),
    from places
)

select
    *,
    hash(edition, territory_level, territory_code, type) as cell_id,
    hash(edition, territory_level, territory_code) as all_types_id,
from territories
where territory_code is not null or territory_level = 'country';

-- Each fact once for every territory that holds it, of its type and of all: then it is counted. (`count(distinct …)` of each kind of fact
-- keeps all of them a second time, and takes several times as long; so do grouping sets.)
insert into distinct_counts by name
with of_types as (
    select
        c.cell_id,
        f.fact,
        sum(f.n_events)::bigint as n_events,
    from edition_facts as f
    inner join counted_cells as c using (place_id)
    group by all
),

of_all as (
    select
        c.all_types_id as cell_id,
        t.fact,
        sum(t.n_events)::bigint as n_events,
    from of_types as t
    inner join (select distinct cell_id, all_types_id from counted_cells) as c using (cell_id)
    group by all
),

counts as (
    select
        cell_id,
        count(*) filter (kind_of(fact) = organiser_fact()) as n_organisers,
        sum(n_events)::bigint as n_with_organiser,
        count(*) filter (kind_of(fact) = commune_fact()) as n_communes,
        count(*) filter (kind_of(fact) = departement_fact()) as n_departements,
    from (
        from of_types
        union all
        from of_all
    )
    group by cell_id
),

cells as (
    select distinct
        cell_id,
        edition,
        territory_level,
        territory_code,
        type,
    from counted_cells
    union all
    select distinct
        all_types_id,
        edition,
        territory_level,
        territory_code,
        null,
    from counted_cells
)

select
    c.edition,
    c.territory_level,
    c.territory_code,
    c.type,
    coalesce(n.n_organisers, 0) as n_organisers,
    coalesce(n.n_with_organiser, 0) as n_with_organiser,
    coalesce(n.n_communes, 0) as n_communes,
    coalesce(n.n_departements, 0) as n_departements,
from cells as c
left join counts as n using (cell_id)
order by all;

drop table edition_facts;
drop table counted_cells;

truncate label_counts;

insert into label_counts by name
select
    source,
    source_type_label,
    type,
    type_is_guessed,
    count(*) as n_events,
from {{ every.counted_events }}
group by all
order by all;
