-- One row per published event of a campaign that still stands in its source and matches the choice, cancelled ones included,
-- accepted duplicates left out: now, or as of a day.
select *
from {{ chosen.events_at_times }}
where
    duplicate_of is null
    and is_published
    and in_campaign
    and withdrawn_on is null
    and {{ chosen.conditions }}
