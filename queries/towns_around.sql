-- Which towns help to see where a point is?
-- grain: one row per commune, the most populous first, at most $limit
-- name · lat · lon · population
select
    name,
    lat,
    lon,
    population,
from communes
where
    kind = 'commune'
    and abs(lat - $lat) < 1
    and distance_km($lat, $lon, lat, lon) <= $radius_km
order by coalesce(population, 0) desc, commune_code
limit $limit;
