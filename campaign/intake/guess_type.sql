-- The type of each record, and whether it was guessed, where label_type.sql has not found all of them.
-- Input: what that reads and makes; the macros type_of_label, type_of_words, which types.py makes of the campaign's
-- type_labels.csv. Output: `record_types` (record_id, type, type_is_guessed).
-- A source's label is matched whole, then by the words in it; without a known label the type is guessed from the title, then
-- the keywords, then the beginning of the description, else it is « autre ». Of several words the lowest priority wins.
update type_of_labels
set type = type_of_label(lower(type_label))
where type is null;

create or replace temp table record_types as
with labelled as (
    select
        r.record_id,
        l.type as labelled_type,
        case when l.type is null then lower(r.title) end as title,
        case when l.type is null and len(r.keywords) > 0 then lower(array_to_string(r.keywords, ' | ')) end as keywords,
        case when l.type is null then lower(left(r.description, 300)) end as description,
    from typed_records as r
    left join type_of_labels as l on l.type_label = r.type_label
),

-- What is asked of three texts is planned once for all of them.
guessed as (
    select
        record_id,
        labelled_type,
        list_transform([title, keywords, description], lambda t: type_of_words(t)) as types,
    from labelled
)

select
    record_id,
    coalesce(labelled_type, types[1], types[2], types[3], 'autre') as type,
    labelled_type is null as type_is_guessed,
from guessed;
