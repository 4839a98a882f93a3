-- From which day to which do the counted events take place?
-- grain: one row
-- first_day · last_day: null without dated events
select
    min(day) as first_day,
    max(day) as last_day,
from {{ chosen.counted_days }};
