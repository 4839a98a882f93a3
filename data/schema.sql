-- The event file. One row per what each table's comment says; run on an empty DuckDB file by campaign/publish.
-- Text codes are INSEE codes (leading zeros kept). Times are instants with zone; `_on` columns are local days.
-- Keys and checks that every store must keep are asserted again by campaign/publish/assertions/ at publishing.

create table file_info (
    schema_version integer not null,
    published_at timestamptz not null,
    is_demo boolean not null,
    data_date timestamptz,
    n_counted bigint not null,
    settled_on date,
    profile varchar not null default '',
);
comment on table file_info is 'One row: what this file is.';
comment on column file_info.data_date is 'Latest updated_at among counted events of all editions, or the latest import by which an event no longer counted or counted again; null if there is neither.';
comment on column file_info.profile is 'The slug of the campaign that the file is of.';
comment on column file_info.settled_on is 'Last day on which anything that counts changed: a view as of that day, or later, is the present one.';

-- Reference -----------------------------------------------------------------------------------------------------------

create table sources (
    source_id varchar primary key,
    producer varchar,
    title varchar not null,
    url varchar,
    licence varchar,
    accessed_on date,
    checksum varchar,
);
comment on table sources is 'One row per source of a figure, a boundary or an import.';

create table regions (
    nomenclature smallint not null check (nomenclature in (2014, 2016)),
    region_code varchar not null,
    name varchar not null,
    population integer,
    primary key (nomenclature, region_code),
);
comment on table regions is 'One row per region and nomenclature: 27 of 2014, 18 of 2016.';

create table departements (
    departement_code varchar primary key,
    name varchar not null,
    region_2014_code varchar not null,
    region_2016_code varchar not null,
    timezone varchar not null,
    population integer,
);
comment on table departements is 'One row per département: 101.';

create table communes (
    commune_code varchar primary key,
    name varchar not null,
    kind varchar not null check (kind in ('commune', 'arrondissement')),
    parent_code varchar,
    departement_code varchar not null,
    region_2014_code varchar not null,
    region_2016_code varchar not null,
    postcodes varchar[] not null,
    lat double not null,
    lon double not null,
    population integer,
    population_year smallint,
    current_code varchar,
    search_name varchar not null,
);
comment on table communes is 'One row per commune of 1 January 2014, and per arrondissement of Paris, Lyon, Marseille. Sum populations of kind commune only.';

create table commune_aliases (
    commune_code varchar not null,
    name varchar not null,
    valid_from date not null,
    valid_to date,
    departement_code varchar not null,
    postcodes varchar[] not null,
    lat double not null,
    lon double not null,
    population integer,
    known_code varchar not null,
    search_name varchar not null,
    primary key (commune_code, search_name),
);
comment on table commune_aliases is
    'One row per name or code that a commune had between 2008 and 2026 and that `communes` does not hold: the latest period of each.';
comment on column commune_aliases.known_code is
    'The row of `communes` that stands for it: of its own code, else its successor''s, else the most populous of those that merged, or that it left.';

create table commune_periods (
    commune_code varchar not null,
    valid_from date not null,
    valid_to date,
    held_code varchar not null,
    kind varchar not null check (kind in ('commune', 'arrondissement')),
    name varchar not null,
    departement_code varchar not null,
    region_2014_code varchar not null,
    region_2016_code varchar not null,
    lat double not null,
    lon double not null,
    population integer,
    population_year smallint,
    has_earlier boolean not null,
    next_from date,
    primary key (commune_code, valid_from),
);
comment on table commune_periods is
    'One row per code that a commune has had since 2008, or an arrondissement, and period (valid_from included, valid_to not): the commune that held its territory.';
comment on column commune_periods.held_code is
    'That commune: the code itself while it is in force, else what it was merged into, or is split from. Names and figures are its own.';
comment on column commune_periods.has_earlier is 'Whether the code was in force, or not, in an earlier period as it is in this one.';
comment on column commune_periods.next_from is 'First day of the next such period; null for the last one.';

create table commune_populations (
    commune_code varchar not null,
    valid_from date not null,
    valid_to date,
    population integer not null,
);
comment on table commune_populations is
    'One row per commune and run of editions later than 2014 (first core days, valid_to not included): its population of the nearest year that is known.';

create table territory_populations (
    valid_from date not null,
    valid_to date,
    departement_code varchar not null,
    region_2014_code varchar not null,
    region_2016_code varchar not null,
    population integer not null,
    population_year smallint not null,
    primary key (valid_from, departement_code, region_2014_code, region_2016_code),
);
comment on table territory_populations is
    'One row per edition (its first core day until the next one''s), département and regions of its communes: their population, and of which year.';

create table editions (
    edition smallint primary key,
    number smallint,
    starts_on date not null,
    ends_on date not null,
    core_starts_on date not null,
    core_ends_on date not null,
    nomenclature smallint not null check (nomenclature in (2014, 2016)),
);
comment on table editions is 'One row per edition: year, number, counting window, core period, regions in force.';
comment on column editions.number is 'Null where editions are numbered by a list that does not hold this one.';

create table chambers (
    chamber_id varchar primary key,
    name varchar not null,
    region_2014_codes varchar[] not null,
    region_2016_codes varchar[],
    valid_from date,
    valid_to date,
    source_url varchar,
    note varchar,
);
comment on table chambers is 'One row per body that coordinates regions, with the days of its existence as far as they are known.';

create table chamber_regions (
    edition smallint not null,
    region_2014_code varchar not null,
    chamber_id varchar not null,
    name varchar not null,
    primary key (edition, region_2014_code),
);
comment on table chamber_regions is 'One row per edition and region of 2014 that a chamber coordinates; name is that of the region in force.';

create table event_types (
    type varchar primary key,
    label_fr varchar not null,
    label_en varchar not null,
    rank smallint not null,
);
comment on table event_types is 'The controlled list of event types.';

create table official_figures (
    figure_id integer primary key,
    edition smallint,
    territory_level varchar not null check (territory_level in ('country', 'region_2014', 'region_2016', 'other')),
    territory_code varchar,
    territory_name varchar not null,
    category varchar,
    metric varchar not null,
    value bigint,
    qualifier varchar,
    stage varchar,
    is_headline boolean not null,
    source_id varchar not null,
    note varchar,
);
comment on table official_figures is 'One row per figure and source, as published; contradictions are kept. Never mixed with counts of the file.';

-- Events --------------------------------------------------------------------------------------------------------------

create table imports (
    import_id integer primary key,
    imported_at timestamptz not null,
    source varchar not null,
    files varchar[] not null,
    format varchar not null,
    edition smallint,
    licence varchar,
    is_full boolean not null,
    n_read integer not null,
    n_new integer not null,
    n_updated integer not null,
    n_unchanged integer not null,
    n_rejected integer not null,
    warnings map(varchar, integer) not null,
    is_demo boolean not null,
    ran_by varchar,
    check (n_read = n_new + n_updated + n_unchanged + n_rejected),
);
comment on table imports is 'One row per import that published something.';
comment on column imports.is_full is 'Said to be all that its source has: what it no longer holds is withdrawn.';
comment on column imports.ran_by is 'What ran it, and under whose account: a command, a page. Null for imports of before version 8. Never public.';

create table rejects (
    import_id integer not null,
    file varchar not null,
    line integer,
    field varchar,
    value varchar,
    reason varchar not null,
);
comment on table rejects is 'One row per rejected record; reason is a code of campaign/wording/reasons.py.';

create table organisers (
    organiser_id varchar primary key,
    name varchar not null,
    family varchar,
    aliases varchar[] not null,
    joined_to varchar,
);
comment on table organisers is 'One row per name of an organiser; family is null where the name does not tell.';
comment on column organisers.aliases is 'Spellings of the name that differ by case, accents or punctuation.';
comment on column organisers.joined_to is 'The organiser that this name is another spelling of (legal form, or a decision); null if it stands for itself.';

create table themes (
    theme varchar primary key,
    label varchar not null,
);
comment on table themes is 'One row per theme; theme is the slug of its label.';

-- Where nearly every row has a text of its own, zstd takes half the time of what DuckDB would choose, and less room.
create table events (
    event_id varchar using compression zstd not null,
    source varchar not null,
    source_uid varchar not null,
    edition smallint,
    in_campaign boolean not null,
    is_published boolean not null,
    is_demo boolean not null,
    is_withheld boolean not null,
    title varchar using compression zstd not null,
    description varchar using compression zstd,
    type varchar not null,
    type_is_guessed boolean not null,
    source_type_label varchar,
    themes varchar[] not null,
    lead_organiser_id varchar,
    organiser varchar,
    attendance_mode varchar not null check (attendance_mode in ('on_site', 'online', 'mixed')),
    status varchar not null
        check (status in ('scheduled', 'rescheduled', 'moved_online', 'postponed', 'full', 'cancelled')),
    venue varchar,
    address varchar,
    postcode varchar,
    commune varchar,
    commune_code varchar,
    commune_code_now varchar,
    placed_on date,
    departement_code varchar,
    region_2014_code varchar,
    region_2016_code varchar,
    country_code varchar,
    lat double,
    lon double,
    place_precision varchar not null
        check (place_precision in ('address', 'commune', 'departement', 'region', 'online', 'unknown')),
    placement varchar not null check (placement in ('located', 'online', 'unlocated')),
    timezone varchar not null,
    starts_at timestamptz,
    ends_at timestamptz,
    days date[] not null,
    session_spans struct(begins_on date, ends_on date)[] not null,
    first_day date,
    last_day date,
    n_sessions integer not null,
    n_days integer not null,
    conditions varchar,
    registration_url varchar,
    online_url varchar,
    accessibility varchar[] not null,
    age_min smallint,
    age_max smallint,
    is_free boolean,
    audiences varchar[] not null,
    url varchar using compression zstd,
    registered_on date not null,
    created_at timestamptz not null,
    created_at_is_import boolean not null,
    updated_at timestamptz not null,
    first_import_id integer not null,
    last_import_id integer not null,
    content_hash ubigint not null,
    search_text varchar not null,
    withdrawn_on date,
    duplicate_of varchar,
    duplicate_since date,
);
comment on table events is 'One row per event (source and source_uid), whether it counts or not. Counting: relation counted_events.';
comment on column events.commune_code is
    'The commune of placed_on, with its name, département and regions of that day; an arrondissement of Paris, Lyon or Marseille as itself.';
comment on column events.commune_code_now is 'The commune that has stood for it since, of 1 January 2026; null without a commune.';
comment on column events.placed_on is 'Day of the first session; without one, the first core day of its edition. Null without a commune.';
comment on column events.days is 'Local days with a session, ascending.';
comment on column events.session_spans is 'Local first and last day of each session.';
comment on column events.is_withheld is 'A demonstration event that a real import has replaced: kept for a rollback, shown nowhere.';
comment on column events.is_free is 'Whether the conditions say that it is free (true) or priced (false); null where they say neither.';
comment on column events.audiences is 'Age groups that its ages let in: children (under 12), teenagers (12 to 17), adults; empty where no age is said.';
comment on column events.registered_on is 'Day (Europe/Paris) of created_at.';
comment on column events.withdrawn_on is 'Day on which a full export of its source no longer held it; null while it stands.';
comment on column events.duplicate_of is 'The event that it repeats, by an accepted decision: kept, not counted. Set at publishing.';
comment on column events.duplicate_since is 'Day of that decision.';

create table sessions (
    event_id varchar using compression zstd not null,
    begins_at timestamptz not null,
    ends_at timestamptz,
    is_all_day boolean not null,
    begins_on date not null,
    ends_on date not null,
);
comment on table sessions is 'One row per event and session; begins_on and ends_on are local days, both inclusive.';

create table event_organisers (
    event_id varchar using compression zstd not null,
    organiser_id varchar using compression zstd not null,
    named_id varchar using compression zstd not null,
    role varchar not null check (role in ('lead', 'partner')),
);
comment on table event_organisers is 'One row per event and name of an organiser; organiser_id is the one that the name is joined to, else named_id.';

create table findings (
    kind varchar not null,
    event_id varchar using compression zstd,
    import_id integer,
    detail varchar,
);
comment on table findings is 'One row per thing to look at; kind is a code of campaign/wording/reasons.py.';

-- Its columns of past states follow those of the tables above.
create table event_versions as
select
    e.event_id,
    i.import_id,
    i.imported_at as changed_at,
    e.registered_on as replaced_on,
    [''] as changed_fields,
    e as was,
    [s] as sessions,
    [o] as organisers,
    [f] as findings,
from events as e
cross join imports as i
cross join sessions as s
cross join event_organisers as o
cross join findings as f
limit 0;
comment on table event_versions is 'One row per event and change that an import brought: all that it was before, and which fields changed.';
comment on column event_versions.replaced_on is 'Day from which the next state holds: of the source''s own change if that is known and later than the last time the old state was seen, else of the import.';

create table source_states as
select
    event_id,
    was,
    sessions,
    organisers,
    findings,
from event_versions
limit 0;
comment on table source_states is 'One row per event that a correction changes: all that its source says of it.';

create table corrected_states as
select
    event_id,
    replaced_on as held_from,
    replaced_on as held_until,
    was,
    sessions,
    organisers,
from event_versions
limit 0;
comment on table corrected_states is
    'One row per corrected event and past span of days (held_from included, null for the first; held_until not) in which it stood so. Made at publishing from event_versions and corrections.';

-- Decisions of people. They are keyed by stable identifiers, and outlive imports and rollbacks --------------------------

create table duplicate_pairs (
    event_id varchar not null,
    duplicate_of varchar not null,
    reason varchar not null check (reason in ('same', 'near', 'agenda', 'link')),
    similarity double not null,
);
comment on table duplicate_pairs is 'One row per pair of events that may be the same, found at publishing: event_id is the later one.';

create table organiser_decisions (
    named_id varchar not null,
    organiser_id varchar,
    decision varchar not null check (decision in ('joined', 'apart')),
    decided_at timestamptz not null,
);
comment on table organiser_decisions is 'One row per name decided: joined to organiser_id, or apart, which is never joined by itself.';

create table duplicate_decisions (
    event_id varchar not null,
    duplicate_of varchar not null,
    decision varchar not null check (decision in ('accepted', 'refused')),
    decided_at timestamptz not null,
    note varchar,
);
comment on table duplicate_decisions is 'One row per pair decided: accepted, event_id is kept and not counted; refused, the pair is not proposed again.';

create table corrections (
    source varchar not null,
    source_uid varchar not null,
    field varchar not null check (field in ('type', 'place', 'dates', 'organiser')),
    value varchar not null,
    replaced varchar,
    decided_at timestamptz not null,
    decided_by varchar,
    note varchar,
);
comment on table corrections is 'One row per event of a source and field that a person corrected: value stands over what the source says.';
comment on column corrections.value is
    'type: its code · place: « venue | address | town », of which the town is enough, or « en ligne » · dates: « begin -> end | … » on the local clock · organiser: its name.';
comment on column corrections.replaced is 'What the source said when it was decided, in the same form; null if it said nothing.';
comment on column corrections.decided_by is 'Account or command. Never public.';

-- Rollups: counts kept ready, all from the relation counted_events, refilled at publishing by campaign/publish/rollups.sql ------------

create table event_rollup (
    edition smallint,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    type varchar,
    attendance_mode varchar,
    placement varchar,
    n_events bigint,
    n_sessions bigint,
    n_days bigint,
);
comment on table event_rollup is 'One row per edition, territory, type, attendance mode and placement; counts add up.';

create table theme_rollup (
    edition smallint,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    type varchar,
    theme_key varchar,
    attendance_mode varchar,
    placement varchar,
    n_events bigint,
    n_sessions bigint,
    n_days bigint,
);
comment on table theme_rollup is 'One row per row of event_rollup and set of themes; counts add up, each event is in one row.';
comment on column theme_rollup.theme_key is 'The themes in order, between spaces; empty for none. One text, of which few differ, is filtered faster than a list.';

create table day_rollup (
    edition smallint,
    day date,
    previous_day date,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    type varchar,
    attendance_mode varchar,
    placement varchar,
    n_events bigint,
    n_sessions bigint,
    n_sessions_begun bigint,
);
comment on table day_rollup is 'One row per edition, local day, the same events'' day before it (null for their first), territory, type, attendance mode and placement. An event is in one row per day; count it where previous_day is before the range asked.';

create table commune_rollup (
    edition smallint,
    commune_code varchar,
    departement_code varchar,
    region_2014_code varchar,
    region_2016_code varchar,
    type varchar,
    n_events bigint,
);
comment on table commune_rollup is 'One row per edition, commune and type.';

create table registration_rollup (
    edition smallint,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    type varchar,
    registered_on date,
    n_events bigint,
    n_import_dated bigint,
);
comment on table registration_rollup is 'One row per edition, territory, type and registration day; n_import_dated: events whose day is that of their first import.';

create table shared_events (
    event_id varchar not null,
);
comment on table shared_events is 'One row per event that two organisers or more hold.';

create table organiser_rollup (
    edition smallint,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    organiser_id varchar,
    n_events bigint,
    n_shared bigint,
);
comment on table organiser_rollup is 'One row per edition, territory and lead organiser (null: not known); n_shared: events with two organisers or more.';

create table finding_rollup (
    kind varchar,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    n_findings bigint,
    n_public bigint,
);
comment on table finding_rollup is 'One row per kind of finding and territory, withheld events left out; n_public: findings on events that have a page.';

create table distinct_counts (
    edition smallint,
    territory_level varchar,
    territory_code varchar,
    type varchar,
    n_organisers bigint,
    n_with_organiser bigint,
    n_communes bigint,
    n_departements bigint,
);
comment on table distinct_counts is 'One row per edition, single territory (or country) and single type (null: all): distinct counts, which do not add up.';

create table completeness_rollup (
    edition smallint,
    region_2014_code varchar,
    region_2016_code varchar,
    departement_code varchar,
    n_events bigint,
    n_placed bigint,
    n_addressed bigint,
    n_timed bigint,
    n_typed bigint,
    n_themed bigint,
    n_organised bigint,
    n_described bigint,
    n_linked bigint,
    n_priced bigint,
    n_accessible bigint,
);
comment on table completeness_rollup is 'One row per edition and territory: counted events, and of them those that have each field.';

create table search_words (
    word varchar primary key,
    spelling varchar not null,
    n_texts bigint not null,
);
comment on table search_words is 'One row per word of titles, venues, communes, organisers and themes of counted events, as searched, numbers left out: what a misspelt word may have meant.';
comment on column search_words.spelling is 'How it is written most often, accents kept.';

create table label_counts (
    source varchar,
    source_type_label varchar,
    type varchar,
    type_is_guessed boolean,
    n_events bigint,
);
comment on table label_counts is 'One row per source, type label as given by it (null: none given) and type: counted events.';
