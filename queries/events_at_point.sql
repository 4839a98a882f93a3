-- Which events are at this point outside the communes?
-- grain: one row per counted event at the place $place, as event_places names it, in order of date
-- event_id
select event_id
from {{ chosen.counted_events }}
where
    commune_code is null
    and placement = 'located'
    and printf('%.3f,%.3f', lat, lon) = $place
order by starts_at, event_id;
