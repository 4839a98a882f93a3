-- Which commune held a territory on a day: fills commune_periods from data/geo/communes_over_time.parquet, after `communes`.
-- A code that is not in force on a day (merged since, or not yet split off) leads to the commune that its territory was part of.

create temp table periods as
select
    p.kind,
    p.commune_code,
    p.valid_from,
    p.valid_to,
    coalesce(c.name, p.name) as name,
    p.departement_code,
    p.region_2014_code,
    p.region_2016_code,
    p.successor_code,
    p.other_successors,
    coalesce(c.lat, round(p.lat::double, 5)) as lat,
    coalesce(c.lon, round(p.lon::double, 5)) as lon,
    case when c.commune_code is null then p.population else c.population end as population,
    case when c.commune_code is null then p.population_year else c.population_year end as population_year,
from read_parquet(getvariable('data') || '/geo/communes_over_time.parquet') as p
left join communes as c  -- of 1 January 2014; one condition of both sides, or every row would be compared with every other
    on c.commune_code
        = case when p.valid_from <= date '2014-01-01' and coalesce(p.valid_to > date '2014-01-01', true) then p.commune_code end
where p.kind in ('commune', 'arrondissement') and coalesce(p.valid_to > date '2008-01-01', true);

-- What became of a period that ended: the same code's next one, else the commune that begins that day and stands for it today.
create temp table period_links as
with ended as (
    select *
    from periods
    where valid_to is not null
)

select
    r.commune_code,
    r.valid_from,
    q.commune_code as next_code,
    q.valid_from as next_from,
from ended as r
inner join periods as q
    on
        q.valid_from = r.valid_to
        and (
            q.commune_code = r.commune_code
            or q.successor_code = r.successor_code
            or list_contains(q.other_successors, r.successor_code)
        )
qualify
    row_number() over (
        partition by r.commune_code, r.valid_from
        order by q.successor_code <> r.successor_code, q.commune_code <> r.commune_code, pow(r.lat - q.lat, 2) + pow(r.lon - q.lon, 2) / 2, q.commune_code
    ) = 1;

-- The other way: what a period that begins was before, if no period of its own code ends that day.
create temp table period_origins as
select
    q.commune_code,
    q.valid_from,
    r.commune_code as previous_code,
    r.valid_from as previous_from,
from periods as q
inner join periods as r
    on
        r.valid_to = q.valid_from
        and (
            r.commune_code = q.commune_code
            or r.successor_code = q.successor_code
            or list_contains(r.other_successors, q.successor_code)
        )
where q.valid_from > date '2008-01-01'
qualify
    row_number() over (
        partition by q.commune_code, q.valid_from
        order by r.commune_code <> q.commune_code, r.successor_code <> q.successor_code, coalesce(r.population, 0) desc, r.commune_code
    ) = 1;

-- A code's periods follow each other with gaps between; the first gap is before its first period.
create temp table code_gaps as
select
    commune_code,
    valid_from as after_from,
    valid_to as gap_from,
    lead(valid_from) over (partition by commune_code order by valid_from) as gap_to,
from periods
where commune_code in (select commune_code from periods where valid_to is not null)
qualify valid_to is not null and valid_to is distinct from lead(valid_from) over (partition by commune_code order by valid_from);

insert into commune_periods by name
with recursive onwards as (
    select
        g.commune_code,
        g.gap_to,
        p.commune_code as held_code,
        p.valid_from as held_from,
        greatest(p.valid_from, g.gap_from) as valid_from,
        case when p.valid_to < g.gap_to or g.gap_to is null then p.valid_to else g.gap_to end as valid_to,
    from code_gaps as g
    inner join period_links as l on l.commune_code = g.commune_code and l.valid_from = g.after_from
    inner join periods as p on p.commune_code = l.next_code and p.valid_from = l.next_from
    union all
    select
        o.commune_code,
        o.gap_to,
        p.commune_code,
        p.valid_from,
        p.valid_from,
        case when p.valid_to < o.gap_to or o.gap_to is null then p.valid_to else o.gap_to end,
    from onwards as o
    inner join period_links as l on l.commune_code = o.held_code and l.valid_from = o.held_from
    inner join periods as p on p.commune_code = l.next_code and p.valid_from = l.next_from
    where o.gap_to is null or p.valid_from < o.gap_to
),

backwards as (
    select
        f.commune_code,
        p.commune_code as held_code,
        p.valid_from,
        p.valid_to,
    from (select commune_code, min(valid_from) as first_from from periods group by commune_code) as f
    inner join period_origins as o on o.commune_code = f.commune_code and o.valid_from = f.first_from
    inner join periods as p on p.commune_code = o.previous_code and p.valid_from = o.previous_from
    where f.first_from > date '2008-01-01'
    union all
    select
        b.commune_code,
        p.commune_code,
        p.valid_from,
        p.valid_to,
    from backwards as b
    inner join period_origins as o on o.commune_code = b.held_code and o.valid_from = b.valid_from
    inner join periods as p on p.commune_code = o.previous_code and p.valid_from = o.previous_from
),

held as (
    select commune_code, commune_code as held_code, valid_from, valid_to, valid_from as held_from
    from periods
    union all
    select commune_code, held_code, valid_from, valid_to, held_from
    from onwards
    union all
    select commune_code, held_code, valid_from, valid_to, valid_from
    from backwards
)

select
    h.commune_code,
    -- what was before 2008 is as it was then
    case
        when row_number() over (partition by h.commune_code order by h.valid_from) = 1 then date '0001-01-01'
        else h.valid_from
    end as valid_from,
    h.valid_to,
    h.held_code,
    p.kind,
    p.name,
    p.departement_code,
    p.region_2014_code,
    p.region_2016_code,
    p.lat,
    p.lon,
    p.population,
    p.population_year,
    first_value(h.valid_from) over same_code <> h.valid_from as has_earlier,
    lead(h.valid_from) over same_code as next_from,
from held as h
inner join periods as p on p.commune_code = h.held_code and p.valid_from = h.held_from
window same_code as (partition by h.commune_code, h.held_code = h.commune_code order by h.valid_from)
order by h.commune_code, h.valid_from;

drop table periods;
drop table period_links;
drop table period_origins;
drop table code_gaps;
