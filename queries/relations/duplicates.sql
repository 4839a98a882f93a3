-- Duplicates by the decisions of a day and before, among the states of that day: what campaign/publish/duplicates.sql made of them then.
with recursive decided as (
    select
        event_id,
        twin_of,
    from duplicate_decisions
    where decision = 'accepted' and timezone('Europe/Paris', decided_at)::date <= {{ chosen.as_of }}
),

links as (
    select
        event_id,
        twin_of as other_id,
    from decided
    union
    select
        twin_of,
        event_id,
    from decided
),

reached as (
    select
        event_id,
        event_id as root_id,
    from links
    union
    select
        l.other_id,
        r.root_id,
    from reached as r
    inner join links as l on l.event_id = r.event_id
),

groups as (
    select
        event_id,
        min(root_id) as group_id,
    from reached
    group by event_id
),

ranked as (
    select
        s.event_id,
        row_number() over in_order as rank,
        first_value(s.event_id) over in_order as standing_id,
    from {{ chosen.states }} as s
    inner join groups as g on g.event_id = s.event_id
    where s.is_published and s.in_campaign and s.withdrawn_on is null and s.status <> 'cancelled'
    window in_order as (
        partition by g.group_id
        order by s.event_id in (select event_id from decided), s.first_import_id, s.event_id
    )
)

select
    event_id,
    standing_id as duplicate_of,
from ranked
where rank > 1
