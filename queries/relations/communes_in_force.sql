-- The communes of the time of the latest chosen edition, each with its population of the nearest year that is known.
select
    p.commune_code,
    p.name,
    p.departement_code,
    p.region_2014_code,
    p.region_2016_code,
    p.lat,
    p.lon,
    coalesce(c.population, p.population) as population,
from commune_periods as p
left join (
    select
        commune_code,
        population,
    from commune_populations
    where valid_from <= {{ chosen.commune_day }} and (valid_to is null or valid_to > {{ chosen.commune_day }})
) as c on c.commune_code = p.commune_code
where
    p.held_code = p.commune_code
    and p.kind = 'commune'
    and p.valid_from <= {{ chosen.commune_day }}
    and (p.valid_to is null or p.valid_to > {{ chosen.commune_day }})
