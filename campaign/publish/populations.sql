-- Populations of the time of each edition, of the nearest year that is known: fills commune_populations and territory_populations,
-- after commune_periods and editions. Editions until 2014 have the populations of `communes`. A list counts the communes of its own
-- day: one that stands for several of an edition says nothing of each, and those keep what their period has. So each inhabitant is
-- counted in one commune.

create temp table counted_people as
select
    2016 as year,
    date '2014-01-01' as counted_on,
    commune_code,
    population,
from communes
where kind = 'commune'
union all
select
    year,
    counted_on,
    commune_code,
    population,
from read_parquet(getvariable('data') || '/geo/populations.parquet');

create temp table vintages as
select
    e.edition,
    e.core_starts_on as day,
    arg_min(c.year, (abs(c.year - e.edition), -c.year)) as year,
    arg_min(c.counted_on, (abs(c.year - e.edition), -c.year)) as counted_on,
from editions as e
cross join (select distinct year, counted_on from counted_people) as c
-- communes and populations do not change after the last list
where e.edition <= greatest(
    (select year(max(valid_from)) from commune_periods),
    (select max(year) from counted_people)
)
group by all;

create temp table edition_communes as
with in_force as (
    select
        v.edition,
        v.day,
        v.year,
        v.counted_on,
        p.commune_code,
        p.departement_code,
        p.region_2014_code,
        p.region_2016_code,
        p.population as own_population,
    from commune_periods as p
    inner join vintages as v on p.valid_from <= v.day and (p.valid_to is null or p.valid_to > v.day)
    where p.held_code = p.commune_code and p.kind = 'commune' and v.day >= date '2015-01-01'
),

-- what each became, or was, on the day of the list
counted_as as (
    select
        f.edition,
        f.commune_code,
        count(*) over (partition by f.edition, h.held_code) = 1 as is_alone,
    from in_force as f
    inner join commune_periods as h
        on h.commune_code = f.commune_code and h.valid_from <= f.counted_on and (h.valid_to is null or h.valid_to > f.counted_on)
),

sums as (
    select
        v.edition,
        h.held_code as commune_code,
        sum(c.population) as population,
        count(*) = count(c.population) as is_whole,
    from vintages as v
    inner join counted_people as c on c.year = v.year
    inner join commune_periods as h
        on h.commune_code = c.commune_code and h.valid_from <= v.day and (h.valid_to is null or h.valid_to > v.day)
    group by all
)

select
    f.edition,
    f.day,
    f.year,
    f.commune_code,
    f.departement_code,
    f.region_2014_code,
    f.region_2016_code,
    case when a.is_alone and s.is_whole then s.population else f.own_population end::integer as population,
from in_force as f
left join counted_as as a on a.edition = f.edition and a.commune_code = f.commune_code
left join sums as s on s.edition = f.edition and s.commune_code = f.commune_code;

insert into commune_populations by name
with runs as (
    select
        commune_code,
        day,
        population,
    from edition_communes
    qualify population is distinct from lag(population) over (partition by commune_code order by day)
)

select
    commune_code,
    day as valid_from,
    lead(day) over (partition by commune_code order by day) as valid_to,
    population,
from runs
qualify population is not null
order by commune_code, day;

insert into territory_populations by name
with by_territory as (
    select
        edition,
        day,
        year,
        departement_code,
        region_2014_code,
        region_2016_code,
        coalesce(sum(population), 0) as population,
    from edition_communes
    group by all
    union all
    select
        v.edition,
        v.day,
        v.year,
        c.departement_code,
        c.region_2014_code,
        c.region_2016_code,
        sum(c.population),
    from vintages as v
    cross join communes as c
    where v.day < date '2015-01-01' and c.kind = 'commune'
    group by all
),

days as (
    select
        edition,
        lead(day) over (order by day) as next_day,
    from vintages
)

select
    t.day as valid_from,
    d.next_day as valid_to,
    t.departement_code,
    t.region_2014_code,
    t.region_2016_code,
    t.population::integer as population,
    t.year::smallint as population_year,
from by_territory as t
inner join days as d on d.edition = t.edition
order by all;

drop table counted_people;
drop table vintages;
drop table edition_communes;
