-- When does each of these events take place?
-- grain: one row per event of $ids that has a session
-- event_id · sessions: in order, « begin -> end | … » in ISO 8601 with local offset, days alone where the session is of whole days
select
    s.event_id,
    array_to_string(
        list(
            case
                when s.is_all_day and s.ends_on = s.begins_on then s.begins_on::varchar
                when s.is_all_day then s.begins_on::varchar || ' -> ' || s.ends_on::varchar
                else iso_local(s.begins_at, e.timezone) || coalesce(' -> ' || iso_local(s.ends_at, e.timezone), '')
            end
            order by s.begins_at, s.ends_at
        ),
        ' | '
    ) as sessions,
from {{ chosen.known_sessions }} as s
inner join {{ chosen.known_events }} as e on e.event_id = s.event_id
where s.event_id in (select unnest($ids::varchar[]))
group by s.event_id
order by s.event_id;
