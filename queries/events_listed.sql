-- Which events does the agenda list?
-- grain: one row per counted event, $limit rows from $offset: those with a day from $since on by their next day, then the others,
-- the latest first, undated last; all by starts_at where $since is null; nearest first if $by_distance
-- event_id · title · type · label_fr · label_en · organiser · starts_at · ends_at · timezone · n_sessions · venue · commune
-- departement_code · departement · country_code · place_precision · attendance_mode · status · is_free · accessibility
-- next_at: beginning of the first session (at a chosen time of day) that ends on $since or later, else starts_at · is_past: no day from $since on
-- distance_km: from the chosen point, null without
with ordered as (
    select
        *,
        {{ chosen.distance_km }} as distance_km,
        case
            when $since::date is null or first_day >= $since::date then starts_at
            when last_day >= $since::date
                then (list_min(list_filter(days, lambda d: d >= $since::date)) + starts_at::timestamp::time)::timestamptz
        end as upcoming_at,
        coalesce(last_day < $since::date, false) as is_past,
    from {{ chosen.counted_events }}
),

page as (
    select *
    from ordered
    order by
        case when $by_distance then distance_km end nulls last,
        case when starts_at is null then 2 when is_past then 1 else 0 end,
        case when is_past then epoch(starts_at) * -1 end,
        upcoming_at,
        starts_at,
        event_id
    limit $limit offset $offset
)

select
    p.event_id,
    p.title,
    p.type,
    t.label_fr,
    t.label_en,
    p.organiser,
    p.starts_at,
    p.ends_at,
    p.timezone,
    p.n_sessions,
    p.venue,
    p.commune,
    p.departement_code,
    d.name as departement,
    p.country_code,
    p.place_precision,
    p.attendance_mode,
    p.status,
    p.is_free,
    p.accessibility,
    coalesce(
        (
            select min(s.begins_at)
            from {{ chosen.chosen_sessions }} as s
            where
                s.event_id = p.event_id
                and s.ends_on >= coalesce($since::date, p.first_day)
                and (p.first_day < $since::date or {{ chosen.count('time_of_day') }} > 0)
        ),
        p.starts_at
    ) as next_at,
    p.is_past,
    p.distance_km,
from page as p
left join event_types as t on t.type = p.type
left join departements as d on d.departement_code = p.departement_code
order by
    case when $by_distance then p.distance_km end nulls last,
    case when p.starts_at is null then 2 when p.is_past then 1 else 0 end,
    case when p.is_past then epoch(p.starts_at) * -1 end,
    p.upcoming_at,
    p.starts_at,
    p.event_id;
