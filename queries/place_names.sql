-- By which names are communes and arrondissements known, today or in another year?
-- grain: one row per commune or arrondissement, and per name that one had in another year
-- key: the name without case, accents and punctuation · asked: what `near` takes for this very place
-- name · departement · postcode: the first · population: null where it is not known
with places as (
    select
        search_name as key,
        commune_code as asked,
        name,
        departement_code,
        postcodes[1] as postcode,
        population,
    from communes
    union all
    -- as in places_named: a name that others have as well is asked for by its code
    select
        search_name,
        case
            when count(*) over (partition by search_name) = 1 and search_name not in (select search_name from communes) then name
            else commune_code
        end,
        name,
        departement_code,
        postcodes[1],
        population,
    from commune_aliases
)

select
    p.key,
    p.asked,
    p.name,
    d.name as departement,
    p.postcode,
    p.population,
from places as p
inner join departements as d on d.departement_code = p.departement_code
where p.key is not null
order by p.key, coalesce(p.population, 0) desc, p.asked, p.name;
