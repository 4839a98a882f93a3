-- Where is this postcode or commune code?
-- grain: at most one row: the commune of that code, else the most populous commune of that postcode
-- commune_code · name · lat · lon
select
    commune_code,
    name,
    lat,
    lon,
from communes
where commune_code = $code or list_contains(postcodes, $code)
order by commune_code = $code desc, coalesce(population, 0) desc, commune_code
limit 1;
