-- Of which moment are the data, as of the day of $chosen?
-- grain: one row
-- data_date: latest change of a counted event by that day; of one that the file knows in a later state only, its registration
select max(if(timezone('Europe/Paris', updated_at)::date <= {{ chosen.as_of }}, updated_at, created_at)) as data_date,
from {{ chosen.counted_events }};
