-- What locate_bodies.sql and locate_likely.sql make where every name is a commune's.
create or replace temp table town_bodies (
    text_id ubigint,
    departement_code varchar,
    region_2014_code varchar,
    region_2016_code varchar
);

create or replace temp table likely_communes (text_id ubigint, detail varchar);
