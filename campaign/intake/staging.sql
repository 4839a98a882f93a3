-- What intake hands to the build: one row per record read, raw in meaning but uniform in shape.
-- Made anew for each batch: truncating a temporary table does not give its memory back. `part` is the import that a row belongs
-- to, where those of several sources are taken together (campaign/publish/several.py).
create or replace temp table staged_records (
    record_id integer not null,
    file varchar not null,
    line integer,
    origin varchar,
    source_uid varchar,
    is_published boolean not null,
    title varchar,
    description varchar,
    url varchar,
    type_label varchar,
    theme_labels varchar[] not null,
    keywords varchar[] not null,
    organiser_labels varchar[] not null,
    attendance_mode varchar,
    status varchar,
    timings struct(begins varchar, ends varchar)[] not null,
    timezone varchar,
    venue varchar,
    address varchar,
    postcode varchar,
    city varchar,
    commune_code varchar,
    departement_label varchar,
    region_label varchar,
    country_code varchar,
    lat double,
    lon double,
    conditions varchar,
    registration_url varchar,
    online_url varchar,
    accessibility varchar[] not null,
    age_min smallint,
    age_max smallint,
    created_at varchar,
    updated_at varchar,
    edition_hint smallint,
    part integer not null default 0,
);

create or replace temp table staged_rejects (
    file varchar not null,
    line integer,
    field varchar,
    value varchar,
    reason varchar not null,
    part integer not null default 0,
);

create or replace temp table staged_warnings (
    record_id integer,
    kind varchar not null,
    detail varchar,
    part integer not null default 0,
);

-- What an event that comes again keeps of its first coming.
create or replace temp table kept_dates (
    event_id varchar not null,
    created_at timestamptz not null,
    created_at_is_import boolean not null,
    first_import_id integer not null,
);
