-- What locate_points.sql makes, of places that are remembered (campaign/publish/place_memory.py), all of them.
-- Input: place_records, given_places, remembered_places. Output: located_places, place_findings, unread_texts.
create or replace temp table located_places as
select * exclude (findings, is_postcode_read, is_departement_read, is_region_read)
from remembered_places
where place_id in (select place_id from given_places);

create or replace temp table place_findings as
select
    r.record_id,
    unnest(p.findings, recursive := true),
from place_records as r
inner join remembered_places as p using (place_id)
where len(p.findings) > 0;

create or replace temp table unread_texts as
select distinct
    text_id,
    is_postcode_read,
    is_departement_read,
    is_region_read,
from remembered_places
where is_postcode_read is not null and place_id in (select place_id from given_places);
