-- The places that were just located, with what there is to look at in each. Input: what locate_points.sql made.
-- Output: arriving_places.
create or replace temp table arriving_places as
select
    p.*,
    coalesce(f.findings, []) as findings,
    u.is_postcode_read,
    u.is_departement_read,
    u.is_region_read,
from located_places as p
left join unread_texts as u using (text_id)
left join (
    select
        r.place_id,
        list_sort(list(distinct {'kind': f.kind, 'detail': f.detail})) as findings,
    from place_findings as f
    inner join place_records as r using (record_id)
    group by r.place_id
) as f using (place_id);
