-- What is known of imports that are taken together before they are read, by the number of their part, and the events that come
-- back with them after they were withdrawn.
create or replace temp table build_options (
    part integer not null,
    import_id integer not null,
    imported_at timestamptz not null,
    source varchar,
    edition smallint,
    is_demo boolean not null,
    is_full boolean not null,
    is_partial boolean not null,
    is_emptied boolean not null,
    chamber_region_2014_code varchar,
    chamber_region_2016_code varchar
);

create or replace temp table came_back (
    event_id varchar not null, part integer not null, last_import_id integer not null
);
