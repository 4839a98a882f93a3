-- Which type did each source's label become?
-- grain: one row per source label (null: none given), type and whether it was guessed
-- source_type_label · type · type_is_guessed · count: counted events, all editions (those of $chosen, if it is as of a day)
select
    source_type_label,
    type,
    type_is_guessed,
    sum(n_events)::bigint as count,
from {{ chosen.counted_labels }}
group by all
order by count desc, source_type_label, type;
