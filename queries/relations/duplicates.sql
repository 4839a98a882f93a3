-- Duplicates by the decisions of a day and before, among the states of that day: what campaign/publish/duplicates.sql made of them then.
with ranked as (
    select
        s.event_id,
        row_number() over in_order as rank,
        first_value(s.event_id) over in_order as standing_id,
    from {{ chosen.states }} as s
    inner join {{ chosen.duplicate_groups }} as g on g.event_id = s.event_id
    where s.is_published and s.in_campaign and s.withdrawn_on is null and s.status <> 'cancelled'
    window in_order as (
        partition by g.group_id
        order by g.is_later, s.first_import_id, s.event_id
    )
)

select
    event_id,
    standing_id as duplicate_of,
from ranked
where rank > 1
