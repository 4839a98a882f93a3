-- One row per published event of a campaign that still stands in its source and matches the choice, cancelled ones included,
-- accepted duplicates left out: now, or as of a day.
select *
{% if chosen.has_as_of %}
from {{ chosen.known_events }}
where
    is_published
{% else %}
from events
where
    not is_withheld
    and duplicate_of is null
    and is_published
{% endif %}
    and in_campaign
    and withdrawn_on is null
    and {{ chosen.conditions }}
