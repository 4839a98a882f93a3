-- Of which moment are the data, as of the day of $chosen?
-- grain: one row
-- data_date: by that day, the latest change of a counted event, or the latest import by which one no longer counted or counted again;
-- of one that the file knows in a later state only, its registration
select
    greatest(
        max(if(timezone('Europe/Paris', updated_at)::date <= {{ chosen.as_of }}, updated_at, created_at)),
        (from {{ chosen.last_step_in_or_out }})
    ) as data_date,
from {{ chosen.counted_events }};
