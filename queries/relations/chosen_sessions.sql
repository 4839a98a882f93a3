-- The sessions that the choice asks for: those that begin at the chosen times of day where it has some, else all that are known.
-- A session of whole days has no hour. The hour is that of the event's place.
{% if chosen.count("time_of_day") %}
select s.*
from {{ chosen.known_sessions }} as s
inner join {{ chosen.known_events }} as e on e.event_id = s.event_id
where
    not s.is_all_day
    and list_contains(
        ${{ chosen.p }}_time_of_day,
        case
            when hour(timezone(e.timezone, s.begins_at)) < 12 then 'morning'
            when hour(timezone(e.timezone, s.begins_at)) < 18 then 'afternoon'
            else 'evening'
        end
    )
{% else %}
select *
from {{ chosen.known_sessions }}
{% endif %}
