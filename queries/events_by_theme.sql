-- How many events have each theme?
-- grain: one row per theme, and one with a null theme for events without; only counts above 0
-- theme · label · count: in the chosen unit; an event is counted in each of its themes
with by_theme as (
    select
        unnest(case when len(themes) > 0 then themes else [null] end) as theme,
        {{ chosen.in_unit() }} as n,
    from {{ chosen.counted_themes }}
)

select
    c.theme,
    any_value(t.label) as label,
    sum(c.n)::bigint as count,
from by_theme as c
left join themes as t on t.theme = c.theme
group by c.theme
having count > 0
order by count desc, c.theme;
