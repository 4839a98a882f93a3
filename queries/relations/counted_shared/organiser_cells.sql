-- How many events have two organisers or more: rows that add up.
select n_shared
from organiser_cells
where {{ chosen.place_conditions }}
