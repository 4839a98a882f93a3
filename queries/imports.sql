-- What came in, when, from where?
-- grain: one row per import, latest first
-- import_id · imported_at · source · files · format · edition: if it was given · licence · n_read · n_new · n_updated
-- n_unchanged · n_rejected · n_withdrawn: no longer in a full export · is_full: whether it was one
-- warnings: findings by kind, as text · is_demo · ran_by: what ran it, and under whose account; null if that was not kept
select
    import_id,
    imported_at,
    source,
    files,
    format,
    edition,
    licence,
    n_read,
    n_new,
    n_updated,
    n_unchanged,
    n_rejected,
    coalesce(map_extract_value(warnings, 'withdrawn'), 0) as n_withdrawn,
    is_full,
    array_to_string(list_transform(map_entries(warnings), lambda w: w.key || '=' || w.value), ' ') as warnings,
    is_demo,
    ran_by,
from imports
order by import_id desc;
