-- The places of records: distinct texts, then distinct places (a text and a pin), so that many events in one town cost one look-up.
-- Online records have no place. Input: staged_records. Output: place_records, given_places.

create or replace temp macro address_end(address) as regexp_extract(address, '[,(]\s*([^,()]+?)\s*\)?\s*$', 1);

create or replace temp table place_records as
select
    record_id,
    lat as given_lat,
    lon as given_lon,
    hash(
        commune_code, postcode, city, departement_label, region_label, country_code,
        case
            when postcode is null or city is null then address
            -- of other addresses what stands at their end is read too: it may be a country
            when contains(address, ',') or contains(address, '(') then place_key(address_end(address))
        end
    ) as text_id,
    hash(text_id, given_lat, given_lon) as place_id,
from staged_records
where attendance_mode is distinct from 'online' and status is distinct from 'moved_online';

-- Each place once, with the first record that gives it.
create or replace temp table given_places as
select
    place_id,
    min(record_id) as record_id,
    any_value(text_id) as text_id,
    any_value(given_lat) as given_lat,
    any_value(given_lon) as given_lon,
from place_records
group by place_id;
