-- How many events count?
-- grain: one row
-- total, located, online, unlocated: in the chosen unit; total is the sum of the others · n_events · n_sessions · n_days
with counted as (
    select
        placement,
        {{ chosen.in_unit() }} as n,
        n_events,
        n_sessions,
        n_days,
    from {{ chosen.counted_rollup }}
)

select
    coalesce(sum(n), 0)::bigint as total,
    coalesce(sum(n) filter (placement = 'located'), 0)::bigint as located,
    coalesce(sum(n) filter (placement = 'online'), 0)::bigint as online,
    coalesce(sum(n) filter (placement = 'unlocated'), 0)::bigint as unlocated,
    coalesce(sum(n_events), 0)::bigint as n_events,
    coalesce(sum(n_sessions), 0)::bigint as n_sessions,
    coalesce(sum(n_days), 0)::bigint as n_days,
from counted;
