-- What sources have in the event file: how many events stand, are shown, and have what readers look for; how many of those that
-- stood before an import of theirs it brought back or holds. Input: $sources, and $imports, the number of an import of each.
-- One row per source that has any event.
select
    i.source,
    count(*) filter (e.withdrawn_on is null) as n_standing,
    count(*) filter (e.withdrawn_on is null and e.is_published and e.in_campaign and e.first_import_id < i.import_id) as n_shown,
    count(*) filter (e.first_import_id < i.import_id and e.last_import_id = i.import_id) as n_came_back,
    count(*) filter (e.withdrawn_on is null and e.n_sessions > 0) as n_dated,
    count(*) filter (e.withdrawn_on is null and (e.commune_code is not null or e.lat is not null)) as n_placed,
    count(*) filter (e.withdrawn_on is null and e.organiser is not null) as n_with_organiser,
    count(*) filter (e.withdrawn_on is null and e.description is not null) as n_described,
from events as e
inner join (
    select
        unnest($sources::varchar[]) as source,
        unnest($imports::integer[]) as import_id,
) as i on i.source = e.source
where not e.is_demo
group by i.source;
