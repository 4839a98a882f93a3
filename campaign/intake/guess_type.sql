-- The type of each record, and whether it was guessed.
-- Input: `typed_records` (record_id, type_label, title, keywords, description); `type_labels` and the macros type_of_label,
-- type_of_words, which types.py makes of the campaign's type_labels.csv. Output: `record_types` (record_id, type, type_is_guessed).
-- A source's label is matched whole, then by the words in it; without a known label the type is guessed from the title, then
-- the keywords, then the beginning of the description, else it is « autre ». Of several words the lowest priority wins.

create or replace temp macro type_key(t) as
    trim(regexp_replace(strip_accents(lower(t)), '[^a-z0-9]+', ' ', 'g'));

create or replace temp table type_of_labels as
with given as (
    select distinct
        type_label,
        lower(type_label) as lowered,
    from typed_records
    where type_label is not null
),

whole as (
    select
        type_key(label) as label_key,
        min({'priority': priority, 'type': type}).type as type,
    from type_labels
    where kind = 'label'
    group by all
)

select
    g.type_label,
    coalesce(w.type, type_of_label(g.lowered)) as type,
from given as g
left join whole as w on w.label_key = type_key(g.type_label);

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

drop table type_of_labels;
