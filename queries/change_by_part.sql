-- What makes the difference between two choices: the same, new and lost organisers, communes and types?
-- grain: one row per dimension (organiser, commune, type) and part with an event; the parts of a dimension add up to the totals
-- dimension · part: same (in both), new ($chosen only), lost ($before only), unknown (no organiser or commune given)
-- n_names: how many organisers, communes or types · n_now, n_before: events · difference: n_now − n_before
with listed as (
    select
        unnest(['organiser', 'commune', 'type']) as dimension,
        unnest([lead_organiser_id, commune_of(commune_code), type]) as code,
        true as is_now,
    from counted_events($chosen)
    union all
    select
        unnest(['organiser', 'commune', 'type']),
        unnest([lead_organiser_id, commune_of(commune_code), type]),
        false,
    from counted_events($before)
),

by_code as (
    select
        dimension,
        code,
        count(*) filter (is_now) as n_now,
        count(*) filter (not is_now) as n_before,
    from listed
    group by dimension, code
)

select
    dimension,
    case
        when code is null then 'unknown'
        when n_before = 0 then 'new'
        when n_now = 0 then 'lost'
        else 'same'
    end as part,
    count(code) as n_names,
    sum(n_now)::bigint as n_now,
    sum(n_before)::bigint as n_before,
    sum(n_now - n_before)::bigint as difference,
from by_code
group by all
order by dimension, part;
