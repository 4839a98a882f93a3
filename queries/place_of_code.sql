-- Where is this postcode or commune code?
-- grain: at most one row: the commune of that code, else the most populous commune of that postcode; what communes of other
-- years add, after those of 2014
-- commune_code · name · lat · lon
with known as (
    select
        commune_code,
        name,
        lat,
        lon,
        postcodes,
        population,
        null::date as valid_from,
        false as is_other_year,
    from communes
    union all
    select
        commune_code,
        name,
        lat,
        lon,
        postcodes,
        population,
        valid_from,
        true,
    from commune_aliases
)

select
    commune_code,
    name,
    lat,
    lon,
from known
where commune_code = $code or list_contains(postcodes, $code)
order by is_other_year, commune_code = $code desc, coalesce(population, 0) desc, commune_code, valid_from desc
limit 1;
