-- What takes place on each day, commune by commune?
-- grain: one row per counted event and local day on which one of its sessions begins (or goes on, on the first day shown), by day;
-- of editions that are not over on $since, only the days from it on (all days where it is null)
-- day: null without a date, last · event_id · title · label_fr · label_en: of the type · commune: null online or not known
-- departement_code · departement · venue · address · organiser · attendance_mode · status · timezone
-- conditions: price, as the source words it · is_free: null where they do not say
-- times: (begins_at, ends_at, is_all_day, ends_on) of the day's sessions · n_events: events with a row, beyond $limit included
with chosen as (
    select
        *,
        case
            when edition >= year($since::date) then greatest({{ chosen.range_start }}, $since::date)
            else {{ chosen.range_start }}
        end as first_day_shown,
    from {{ chosen.counted_events }}
),

held as (
    select
        s.event_id,
        greatest(s.begins_on, c.first_day_shown) as day,
        list(
            {'begins_at': s.begins_at, 'ends_at': s.ends_at, 'is_all_day': s.is_all_day, 'ends_on': s.ends_on}
            order by s.begins_at, s.ends_at
        ) as times,
    from {{ chosen.chosen_sessions }} as s
    inner join chosen as c on c.event_id = s.event_id
    where s.ends_on >= c.first_day_shown and s.begins_on <= {{ chosen.range_end }}
    group by all
),

-- counted apart: `over ()` breaks DuckDB (tests/queries/test_windows.py)
shown as (
    select
        h.day,
        coalesce(h.times, []) as times,
        c.*,
    from chosen as c
    left join held as h on h.event_id = c.event_id
    where h.event_id is not null or c.n_sessions = 0
)

select
    s.day,
    s.event_id,
    s.title,
    t.label_fr,
    t.label_en,
    s.commune,
    s.departement_code,
    d.name as departement,
    s.venue,
    s.address,
    s.organiser,
    s.attendance_mode,
    s.status,
    s.timezone,
    s.conditions,
    s.is_free,
    s.times,
    (select count(distinct event_id) from shown) as n_events,
from shown as s
left join event_types as t on t.type = s.type
left join departements as d on d.departement_code = s.departement_code
order by
    s.day nulls last,
    s.attendance_mode = 'online',
    s.commune is null,
    searchable(s.commune),
    s.times[1].begins_at nulls last,
    s.event_id,
    s.day
limit $limit;
