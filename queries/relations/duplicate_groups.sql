-- Events joined by decisions that they are the same, in chains too, by the day of the choice: one row per event.
-- group_id: the least of the events so joined · is_later: a decision says that it is the same as one that stands
with recursive decided as (
    select
        event_id,
        duplicate_of,
    from duplicate_decisions
    where
        decision = 'accepted'
        {% if chosen.has_as_of %}
        and timezone('Europe/Paris', decided_at)::date <= {{ chosen.as_of }}
        {% endif %}
),

links as (
    select
        event_id,
        duplicate_of as other_id,
    from decided
    union
    select
        duplicate_of,
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
)

select
    event_id,
    min(root_id) as group_id,
    event_id in (select d.event_id from decided as d) as is_later,
from reached
group by event_id
