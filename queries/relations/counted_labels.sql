-- Which types the labels of sources became, of all editions, or of the choice as of a day: rows that add up.
{% if chosen.has_as_of %}
select
    source,
    source_type_label,
    type,
    type_is_guessed,
    count(*) as n_events,
from {{ chosen.counted_events }}
group by all
{% else %}
select *
from label_counts
{% endif %}
