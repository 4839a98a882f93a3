-- Which commune is nearest to a point?
-- grain: at most one row: within 60 km; of Paris, Lyon and Marseille an arrondissement
-- commune_code · name · distance_km
with measured as (
    select
        commune_code,
        name,
        distance_km($lat, $lon, lat, lon) as distance_km,
    from communes as c
    where
        abs(lat - $lat) < 0.6
        and not exists (select 1 from communes as part where part.parent_code = c.commune_code)
)

select
    commune_code,
    name,
    distance_km,
from measured
where distance_km <= 60
order by distance_km, commune_code
limit 1;
