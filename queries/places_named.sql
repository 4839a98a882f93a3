-- Which places may a reader mean by this postcode, code or name?
-- grain: one row per commune or arrondissement, and per name or code that one had in another year; the likeliest first, all
-- that are meant exactly, of guesses at most $limit
-- commune_code · name · departement_code · departement · postcode: the one asked, else the first · population · lat · lon
-- name_now: of the commune that stands for it today
-- asked: what `near` takes for this very place · fit: 0 postcode, 1 code, 2 name, 3 arrondissement of such a commune, 4 beginning
-- of a name, 5 name with a slip
with asked as (
    select
        upper(trim($text)) as code,
        place_key($text) as key,
),

places as (
    select
        commune_code,
        name,
        kind,
        parent_code,
        departement_code,
        postcodes,
        lat,
        lon,
        population,
        search_name,
        commune_code as asked,
        false as is_other_year,
    from communes
    union all
    select
        commune_code,
        name,
        'commune',
        null,
        departement_code,
        postcodes,
        lat,
        lon,
        population,
        search_name,
        -- its code may be that of a commune of 2014 or a postcode; where others have its name as well, there is nothing better
        case
            when count(*) over (partition by search_name) = 1 and search_name not in (select search_name from communes) then name
            else commune_code
        end,
        true,
    from commune_aliases
),

fitting as (
    select
        p.*,
        case
            when not p.is_other_year and list_contains(p.postcodes, a.code) then 0
            when p.commune_code = a.code and not (p.is_other_year and a.code in (select commune_code from communes)) then 1
            when p.search_name = a.key then 2
            when
                p.kind = 'arrondissement'
                and p.parent_code in (select commune_code from communes where search_name = a.key or commune_code = a.code)
                then 3
            when len(a.key) >= 2 and starts_with(p.search_name, a.key) then 4
            when
                len(a.key) >= 5
                and abs(len(p.search_name) - len(a.key)) <= 2
                and damerau_levenshtein(p.search_name, a.key) <= case when len(a.key) < 8 then 1 else 2 end
                then 5
        end as fit,
    from places as p
    cross join asked as a
    where a.key is not null
),

-- what was meant exactly leaves no room for guesses
best as (
    select *
    from fitting
    where fit <= case when (select min(fit) from fitting) <= 3 then 3 else 5 end
)

select
    b.commune_code,
    b.name,
    b.departement_code,
    d.name as departement,
    case when b.fit = 0 then (select code from asked) else b.postcodes[1] end as postcode,
    b.population,
    b.lat,
    b.lon,
    n.name as name_now,
    b.asked,
    b.fit,
from best as b
inner join departements as d on d.departement_code = b.departement_code
left join commune_periods as n on n.commune_code = b.commune_code and n.valid_to is null
qualify b.fit <= 3 or row_number() over (order by least(b.fit, 4), coalesce(b.population, 0) desc, b.commune_code, b.name) <= $limit
order by least(b.fit, 4), coalesce(b.population, 0) desc, b.commune_code, b.name;
