-- Which places may a reader mean by this postcode, code or name?
-- grain: one row per commune or arrondissement, the likeliest first, at most $limit
-- commune_code · name · departement_code · departement · postcode: the one asked, else the first · population
-- fit: 0 postcode, 1 code, 2 name, 3 arrondissement of such a commune, 4 beginning of a name, 5 name with a slip
with asked as (
    select
        upper(trim($text)) as code,
        place_key($text) as key,
),

fitting as (
    select
        c.*,
        case
            when list_contains(c.postcodes, a.code) then 0
            when c.commune_code = a.code then 1
            when c.search_name = a.key then 2
            when
                c.kind = 'arrondissement'
                and c.parent_code in (select commune_code from communes where search_name = a.key or commune_code = a.code)
                then 3
            when len(a.key) >= 2 and starts_with(c.search_name, a.key) then 4
            when
                len(a.key) >= 5
                and abs(len(c.search_name) - len(a.key)) <= 2
                and damerau_levenshtein(c.search_name, a.key) <= case when len(a.key) < 8 then 1 else 2 end
                then 5
        end as fit,
    from communes as c
    cross join asked as a
    where a.key is not null
),

-- what was meant exactly leaves no room for guesses
best as (
    select *
    from fitting
    where fit is not null
    qualify fit <= case when min(fit) over () <= 3 then 3 else 5 end
)

select
    b.commune_code,
    b.name,
    b.departement_code,
    d.name as departement,
    case when b.fit = 0 then (select code from asked) else b.postcodes[1] end as postcode,
    b.population,
    b.fit,
from best as b
inner join departements as d on d.departement_code = b.departement_code
order by least(b.fit, 4), coalesce(b.population, 0) desc, b.commune_code
limit $limit;
