-- On which days, and where, do located events take place?
-- grain: one row per place and local day with a count above 0, and per day one without a place for all that is not located
-- place: commune code, D and the département's code if $by_departement, or rounded coordinates; null if not located
-- day · n_events: events of that day, whatever the chosen unit · n_first: those of which it is the first day within the choice
with dated as (
    select
        case
            when placement <> 'located' then null
            when commune_code is null then printf('%.3f,%.3f', lat, lon)
            when $by_departement then 'D' || departement_code
            else commune_code
        end as place,
        list_filter(days, lambda d: d between {{ chosen.range_start }} and {{ chosen.range_end }}) as days,
    from {{ chosen.counted_events }}
),

each_day as (
    select
        place,
        unnest(days) as day,
        days[1] as first_day,
    from dated
)

select
    place,
    day,
    count(*) as n_events,
    count(*) filter (day = first_day) as n_first,
from each_day
group by place, day
order by day, place;
