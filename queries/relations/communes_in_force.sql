-- The communes of the time of the latest chosen edition.
select
    commune_code,
    name,
    departement_code,
    region_2014_code,
    region_2016_code,
    lat,
    lon,
    population,
from commune_periods
where
    held_code = commune_code
    and kind = 'commune'
    and valid_from <= {{ chosen.commune_day }}
    and (valid_to is null or valid_to > {{ chosen.commune_day }})
