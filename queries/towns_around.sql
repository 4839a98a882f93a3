-- Which towns help to see where a point is?
-- grain: one row per commune of the time of the latest edition of $chosen, the most populous first, at most $limit
-- name · lat · lon · population
select
    name,
    lat,
    lon,
    population,
from {{ chosen.communes_in_force }}
where
    abs(lat - $lat) < 1
    and distance_km($lat, $lon, lat, lon) <= $radius_km
order by coalesce(population, 0) desc, commune_code
limit $limit;
