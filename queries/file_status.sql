-- What is this file, and how fresh is it?
-- grain: one row
-- is_demo: demonstration events only · published_at · data_date: latest change of a counted event, or latest import by which
-- one no longer counted or counted again · settled_on: last day on which anything that counts changed · n_events: counted, all editions · editions: years with counted events, ascending
select
    is_demo,
    published_at,
    data_date,
    settled_on,
    n_counted as n_events,
    (select coalesce(list(distinct edition order by edition), []) from event_rollup where edition is not null) as editions,
from file_info;
