-- What is there to say of a territory's events for a week?
-- grain: one row per event of $chosen and part of the digest
-- part: new (registered from $first_day to $last_day; without a registration day: brought in these days by an import after the
-- first one of its source and edition) · undated (brought in these days by that first import, which says of no event whether
-- it is new) · changed (by an import of these days) · missing (not over by $last_day,
-- and something is not known)
-- event_id · title · starts_at · timezone · commune · what: for changed the fields, for missing what is not known, else none
with counted as (
    select
        event_id,
        title,
        starts_at,
        timezone,
        commune,
        source,
        edition,
        created_at_is_import,
        first_import_id,
        registered_on,
        last_day,
        list_filter(
            [
                case when placement = 'unlocated' then 'place' end,
                case when lead_organiser_id is null then 'organiser' end,
                case when n_sessions = 0 then 'session' end,
                case when type = 'autre' then 'type' end,
            ],
            lambda what: what is not null
        ) as lacks,
    from {{ chosen.counted_events }}
),

changes as (
    select
        event_id,
        list_sort(list_distinct(flatten(list(changed_fields)))) as fields,
    from event_versions
    where timezone('Europe/Paris', changed_at)::date between $first_day and $last_day
    group by event_id
),

first_imports as (
    select
        source,
        edition,
        min(first_import_id) as import_id,
    from {{ chosen.known_events }}
    group by all
),

parts as (
    select
        case when c.created_at_is_import and c.first_import_id = f.import_id then 'undated' else 'new' end as part,
        c.event_id,
        []::varchar[] as what,
    from counted as c
    inner join first_imports as f on c.source = f.source and c.edition = f.edition
    where c.registered_on between $first_day and $last_day
    union all
    select
        'changed',
        c.event_id,
        v.fields,
    from counted as c
    inner join changes as v on c.event_id = v.event_id
    union all
    select
        'missing',
        event_id,
        lacks,
    from counted
    where len(lacks) > 0 and coalesce(last_day >= $last_day, true)
)

select
    p.part,
    p.event_id,
    c.title,
    c.starts_at,
    c.timezone,
    c.commune,
    p.what,
from parts as p
inner join counted as c on p.event_id = c.event_id
order by p.part, c.starts_at nulls last, p.event_id;
