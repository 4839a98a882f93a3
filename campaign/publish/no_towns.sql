-- What locate_towns.sql makes of texts of which none names several towns.
create or replace temp table several_towns (
    text_id ubigint,
    n_towns bigint,
    first_town varchar,
    shared_departements varchar[]
);
