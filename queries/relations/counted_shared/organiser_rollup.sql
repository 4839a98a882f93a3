-- How many events have two organisers or more: rows that add up.
select n_shared
from organiser_rollup
where {{ chosen.place_conditions }}
