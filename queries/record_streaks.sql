-- What is each edition's longest run of days in a row with an event?
-- grain: one row per edition with an event; of runs as long, the first
-- edition · n_days · first_day · last_day · n_without_sunday: the longest run when Sundays without event do not break it
with days as (
    select distinct
        edition,
        day,
    from {{ chosen.counted_days }}
),

runs as (
    select
        edition,
        min(day) as first_day,
        max(day) as last_day,
        count(*) as n_days,
    from (
        select
            edition,
            day,
            day - row_number() over (partition by edition order by day)::integer as run,
        from days
    )
    group by edition, run
),

-- Sundays are taken out of the numbering of days: six a week.
working as (
    select
        edition,
        number - row_number() over (partition by edition order by number) as run,
    from (
        select distinct
            edition,
            6 * ((day - date '2000-01-03') // 7) + isodow(day) as number,
        from days
        where isodow(day) < 7
    )
),

working_runs as (
    select
        edition,
        max(n) as n_days,
    from (select edition, run, count(*) as n from working group by edition, run)
    group by edition
)

select
    r.edition,
    max(r.n_days) as n_days,
    arg_max(r.first_day, (r.n_days, -epoch(r.first_day))) as first_day,
    arg_max(r.last_day, (r.n_days, -epoch(r.first_day))) as last_day,
    coalesce(any_value(w.n_days), 0) as n_without_sunday,
from runs as r
left join working_runs as w on w.edition = r.edition
group by r.edition
order by r.edition;
