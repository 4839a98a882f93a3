-- The type of each record whose label is known as it stands.
-- Input: `typed_records` (record_id, type_label, title, keywords, description), `type_labels`. Output: `type_of_labels`
-- (type_label, type, which is null where the label is not known whole) and `record_types` (record_id, type, type_is_guessed),
-- which guess_type.sql makes anew where a record has no such label.
create or replace temp macro type_key(t) as
    trim(regexp_replace(strip_accents(lower(t)), '[^a-z0-9]+', ' ', 'g'));

create or replace temp table type_of_labels as
with given as (
    select distinct type_label
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
    w.type,
from given as g
left join whole as w on w.label_key = type_key(g.type_label);

create or replace temp table record_types as
select
    r.record_id,
    l.type,
    false as type_is_guessed,
from typed_records as r
left join type_of_labels as l on l.type_label = r.type_label;
