-- What every format hands to shape.sql: a query in the variable `intake_incoming`, one row per record read, made by « union all by name » with
-- this empty table, which gives it all its columns and their types.
-- Texts may still hold HTML, e-mail addresses, blanks; lists hold no null; sessions were checked (timings.sql).
create or replace temp table intake_shape (
    line integer not null,
    source_uid varchar,
    is_published boolean,
    title varchar,
    description varchar,
    url varchar,
    type_label varchar,
    theme_labels varchar[],
    keywords varchar[],
    organiser_labels varchar[],
    attendance_mode varchar,
    status varchar,
    checked struct(
        timings struct(begins varchar, ends varchar)[],
        n_impossible bigint,
        n_reversed bigint,
        n_unreadable_ends bigint
    ),
    date_text varchar,
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
    accessibility varchar[],
    age_min smallint,
    age_max smallint,
    created_at varchar,
    updated_at varchar,
    edition_hint smallint,
    notes struct(kind varchar, detail varchar)[],
);

create or replace temp table intake_rejects (
    line integer,
    field varchar,
    value varchar,
    reason varchar not null,
);
