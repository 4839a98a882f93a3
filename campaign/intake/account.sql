-- The question: what was rejected or noticed in the records just read, and where do they stand?
-- Grain: one row per rejected record, and one per finding. Columns: file, line, is_reject, kind, value.
-- A finding without a detail of its own shows what it is about: the place, the date or the title as the source gave them.
with noticed as (
    select
        r.file,
        r.line,
        f.kind,
        coalesce(
            case when f.kind <> 'unlocated' then f.detail end,
            case
                when f.kind in ('unlocated', 'place_conflict', 'commune_unrecognised', 'commune_ambiguous', 'outside_france', 'outside_101')
                    then concat_ws(
                        ' ', r.postcode, r.city, r.commune_code, r.departement_label, r.region_label, r.country_code,
                        case when r.lat is not null or r.lon is not null then concat('[', r.lat, ', ', r.lon, ']') end
                    )
                when f.kind in ('coordinates_swapped', 'coordinates_unusable')
                    then concat('[', r.lat, ', ', r.lon, ']')
                when f.kind = 'link_dropped' then null
                else r.title
            end
        ) as value,
    from arriving_findings as f
    left join staged_records as r using (record_id)
)

select
    file,
    line,
    true as is_reject,
    reason as kind,
    value,
from staged_rejects
union all
select
    file,
    line,
    false,
    kind,
    value,
from noticed
order by
    file,
    line,
    is_reject desc,
    kind;
