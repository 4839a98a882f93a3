-- The populations of départements and regions at the time of the latest chosen edition, of the nearest year that is known.
select
    departement_code,
    region_2014_code,
    region_2016_code,
    population,
    population_year,
from territory_populations
-- joined, not compared with a subquery each time: a third of the time
inner join {{ chosen.commune_day }} as meant
    on valid_from <= meant.commune_day and (valid_to is null or valid_to > meant.commune_day)
