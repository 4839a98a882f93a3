-- What locate_pins.sql makes of records without any pin, which takes longer to plan than all that a small file has.
create or replace temp table pin_communes (
    given_lat double,
    given_lon double,
    nearest_code varchar,
    nearest_departement_code varchar,
    is_swapped boolean
);

create or replace temp table pin_choices (
    place_id ubigint,
    commune_code varchar,
    is_sure boolean
);
