-- Every code that a commune has had since 2008, as it was at the time of the latest chosen edition: else as it last was before,
-- or first is after.
select
    commune_code,
    name,
    kind,
    departement_code,
    region_2014_code,
    region_2016_code,
    lat,
    lon,
    population,
from commune_periods
where
    held_code = commune_code
    and (not has_earlier or valid_from <= {{ chosen.commune_day }})
    and (next_from is null or next_from > {{ chosen.commune_day }})
