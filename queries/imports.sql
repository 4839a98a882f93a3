-- What came in, when, from where?
-- grain: one row per import, latest first
-- import_id · imported_at · source · files · format · edition: if it was given · licence · n_read · n_new · n_updated
-- n_unchanged · n_rejected · is_full: what the source no longer holds was withdrawn · warnings: findings by kind, as text · is_demo
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
    is_full,
    array_to_string(list_transform(map_entries(warnings), lambda w: w.key || '=' || w.value), ' ') as warnings,
    is_demo,
from imports
order by import_id desc;
