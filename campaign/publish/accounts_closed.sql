-- Write the accounts of imports that are taken together. Input: build_options; parameters: one list for each column, in the order
-- of the parts.
insert into imports by name
select
    o.import_id,
    o.imported_at,
    coalesce(o.source, a.given_source) as source,
    o.is_demo,
    o.edition,
    o.is_full,
    a.* exclude (part, given_source, kinds, numbers),
    map(a.kinds, a.numbers) as warnings,
from (
    select
        unnest($parts::integer[]) as part,
        unnest($sources::varchar[]) as given_source,
        unnest($files::varchar[][]) as files,
        unnest($formats::varchar[]) as format,
        unnest($licences::varchar[]) as licence,
        unnest($read::integer[]) as n_read,
        unnest($new::integer[]) as n_new,
        unnest($updated::integer[]) as n_updated,
        unnest($unchanged::integer[]) as n_unchanged,
        unnest($rejected::integer[]) as n_rejected,
        unnest($kinds::varchar[][]) as kinds,
        unnest($numbers::integer[][]) as numbers,
        unnest($ran_by::varchar[]) as ran_by,
) as a
inner join build_options as o using (part)
order by o.import_id;
