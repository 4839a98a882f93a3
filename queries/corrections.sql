-- Which fields of events did people correct?
-- grain: one row per source, identifier and field, the latest decision first; without $with_unpublished those of public events alone
-- event_id: null if the file has no such event · source · source_uid · title · field: type, place, dates, organiser
-- value · replaced: what the source said then · value_label, replaced_label: of types, in $lang · decided_at · decided_by · note
-- state: applied; redundant, the source says the same; changed, the source says something else than then; gone, it has no such event
select
    e.event_id,
    c.source,
    c.source_uid,
    e.title,
    c.field,
    c.value,
    c.replaced,
    case when c.field = 'type' then if($lang = 'en', t.label_en, t.label_fr) end as value_label,
    case when c.field = 'type' then if($lang = 'en', r.label_en, r.label_fr) end as replaced_label,
    c.decided_at,
    c.decided_by,
    c.note,
    case
        when e.event_id is null or e.withdrawn_on is not null then 'gone'
        when f.kind = 'correction_redundant' then 'redundant'
        when f.kind = 'correction_source_changed' then 'changed'
        else 'applied'
    end as state,
from corrections as c
left join events as e on e.event_id = substr(md5(c.source || chr(31) || c.source_uid), 1, 16) and not e.is_withheld
left join findings as f
    on f.event_id = e.event_id and f.detail = c.field and f.kind in ('correction_redundant', 'correction_source_changed')
left join event_types as t on t.type = c.value
left join event_types as r on r.type = c.replaced
where $with_unpublished or (e.is_published and e.withdrawn_on is null)
order by c.decided_at desc, c.source, c.source_uid, c.field
