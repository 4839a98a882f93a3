-- Which edition is shown unless another is asked?
-- grain: one row
-- edition: latest with at least 100 counted events, else the latest with any, else null
with counted as (
    select
        edition,
        sum(n_events) as n_events,
    from event_rollup
    group by edition
)

select coalesce(max(edition) filter (n_events >= 100), max(edition)) as edition
from counted;
