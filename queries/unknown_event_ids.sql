-- Which of these identifiers belong to no published event of a campaign?
-- grain: one row per identifier of $ids that is unknown
-- event_id
select asked.event_id
from (select unnest($ids::varchar[]) as event_id) as asked
anti join (
    select event_id
    from events
    where is_published and in_campaign and not is_withheld
) as known on known.event_id = asked.event_id
order by asked.event_id;
