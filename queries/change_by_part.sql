-- What makes the difference between two choices: the same, new and lost organisers, communes and types?
-- grain: one row per dimension (organiser, commune, type) and part with an event; the parts of a dimension add up to the totals
-- dimension · part: same (in both), new ($chosen only), lost ($before only), unknown (no organiser or commune given)
-- n_names: how many organisers, communes or types · n_now, n_before: events · difference: n_now − n_before
with holders as (  -- a commune that merged between both is not lost, nor is the new one new
    select
        commune_code,
        held_code,
    from commune_periods
    where
        valid_from <= greatest({{ chosen.commune_day }}, {{ before.commune_day }})
        and (valid_to is null or valid_to > greatest({{ chosen.commune_day }}, {{ before.commune_day }}))
),

listed as (
    select
        'organiser' as dimension,
        organiser_id as code,
        n_events as n_now,
        0 as n_before,
    from {{ chosen.counted_organisers }}
    union all
    select
        'organiser',
        organiser_id,
        0,
        n_events,
    from {{ before.counted_organisers }}
    union all
    select
        'commune',
        coalesce(h.held_code, commune_of(c.commune_code)),
        c.n_events,
        0,
    from {{ chosen.counted_communes }} as c
    left join holders as h on h.commune_code = commune_of(c.commune_code)
    union all
    select
        'commune',
        coalesce(h.held_code, commune_of(c.commune_code)),
        0,
        c.n_events,
    from {{ before.counted_communes }} as c
    left join holders as h on h.commune_code = commune_of(c.commune_code)
    union all
    select
        'type',
        type,
        n_events,
        0,
    from {{ chosen.counted_rollup }}
    union all
    select
        'type',
        type,
        0,
        n_events,
    from {{ before.counted_rollup }}
),

known as (
    select
        dimension,
        code,
        sum(n_now) as n_now,
        sum(n_before) as n_before,
    from listed
    group by dimension, code
),

-- events without a commune are in no commune's count
by_code as (
    select *
    from known
    union all
    select
        'commune',
        null,
        sum(n_now) filter (dimension = 'type') - coalesce(sum(n_now) filter (dimension = 'commune'), 0) as n_now,
        sum(n_before) filter (dimension = 'type') - coalesce(sum(n_before) filter (dimension = 'commune'), 0) as n_before,
    from known
    having n_now > 0 or n_before > 0
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
