-- What is there to look at in the data?
-- grain: one row per kind of finding
-- kind · count: findings on events that are shown, or on none
select
    f.kind,
    count(*) as count,
from findings as f
anti join (select event_id from events where is_withheld) as w on w.event_id = f.event_id
group by f.kind
order by count desc, f.kind;
