-- How many events have two organisers or more: one row.
select count(*) as n_shared
from {{ chosen.counted_events }}
where
{% if chosen.has_as_of %}
    event_id in (
        select event_id
        from {{ chosen.known_organisers }}
        group by event_id
        having min(organiser_id) <> max(organiser_id)
    )
{% else %}
    event_id in (select event_id from shared_events)
{% endif %}
