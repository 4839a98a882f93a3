-- What locate_likely.sql makes where every name is a commune's.
create or replace temp table likely_communes (text_id ubigint, detail varchar);
