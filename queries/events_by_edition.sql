-- How many events in each edition of the file?
-- grain: one row per edition with counted events
-- edition · number · count: in the chosen unit
select
    c.edition,
    e.number,
    sum({{ chosen.in_unit('c.n_events', 'c.n_sessions', 'c.n_days') }})::bigint as count,
from {{ chosen.counted_rollup }} as c
left join editions as e on e.edition = c.edition
where c.edition is not null
group by all
order by c.edition;
