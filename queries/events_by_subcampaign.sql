-- How many events does each sub-campaign hold, and how many do they hold together?
-- grain: one row per place in the lists, zeros included, and one with a null place for events of at least one of them
-- place: from 1, in the lists $first_days, $last_days (ISO days, '' for none) and $themes (codes separated by |, '' for any)
-- count: events of $chosen, each once per row
with asked as (
    select
        unnest(range(1, len($first_days::varchar[]) + 1)) as place,
        try_cast(unnest($first_days::varchar[]) as date) as first_day,
        try_cast(unnest($last_days::varchar[]) as date) as last_day,
        unnest($themes::varchar[]) as themes,
),

held as (
    select
        a.place,
        e.event_id,
    from {{ chosen.counted_events }} as e
    inner join asked as a
        on
            (a.themes = '' or list_has_any(e.themes, string_split(a.themes, '|')))
            and (
                a.first_day is null
                or (
                    e.last_day >= a.first_day
                    and e.first_day <= a.last_day
                    and (
                        e.first_day >= a.first_day
                        or e.last_day <= a.last_day
                        or days_between(e.days, a.first_day, a.last_day) > 0
                    )
                )
            )
)

select
    a.place,
    count(h.event_id) as count,
from asked as a
left join held as h on h.place = a.place
group by a.place
union all
select
    null as place,
    count(distinct event_id) as count,
from held
order by place nulls last;
