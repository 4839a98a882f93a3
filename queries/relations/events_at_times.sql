-- Every known event; where times of day are chosen, those with a session that begins at one of them. Their days and sessions are
-- then those that begin so, and « Saturday evening » is the evening of a Saturday. `times_of_day`: the chosen ones.
{% if chosen.count("time_of_day") %}
with held as (
    select
        event_id,
        list_sort(list_distinct(list(begins_on))) as days,
        list({'begins_on': begins_on, 'ends_on': begins_on} order by begins_at, ends_at) as session_spans,
        min(begins_on) as first_day,
        max(begins_on) as last_day,
    from {{ chosen.chosen_sessions }}
    group by event_id
)

select
    e.* replace (
        h.days as days,
        h.session_spans as session_spans,
        h.first_day as first_day,
        h.last_day as last_day,
    ),
    ${{ chosen.p }}_time_of_day as times_of_day,
from {{ chosen.known_events }} as e
inner join held as h on h.event_id = e.event_id
{% else %}
select *
from {{ chosen.known_events }}
{% endif %}
