-- Names that no commune has and that nearly are a town's: « Renne », « Montpelier », « Lille Bonne ». They locate nothing; what is told of the
-- place names the likeliest. Where a postcode or a département is said, names.py has looked within it.
-- Input: place_texts, named_communes, ambiguous_communes, text_departements and the tables of gazetteer.sql. Output: likely_communes.
-- Runs only where a name was not matched (see placing.py).

create or replace temp table likely_communes as
with unmatched as (
    select
        text_id,
        city_key,
        replace(city_key, ' ', '') as key,
        region_2014_code,
        region_2016_code,
    from place_texts
    where
        length(city_key) >= 5
        and (length(city_key) >= 8 or not contains(city_key, ' '))  -- « au bois » is not Arbois
        and city_key not in (select search_name from known_names)
        and text_id not in (select text_id from named_communes)
        and text_id not in (select text_id from ambiguous_communes)
        and text_id not in (select text_id from text_departements)
        and country_code is null
        and postcode is null  -- of nobody: « 10115 Berlin »
        and territory_words(city_key) not in (select key from departement_keys)
        and territory_words(city_key) not in (select key from region_keys)
        and collectivity_of_name(city_key) is null
),

towns as (
    select
        *,
        replace(search_name, ' ', '') as key,
    from named_places
    where population >= 2000
),

-- Two words that differ by a letter too many, too few or another, or by two that changed places, are the same once one letter is taken out
-- of each, or of one.
towns_cut as (
    select
        * exclude (place),
        left(key, place - 1) || substr(key, place + 1) as cut_key,
    from (select *, unnest(range(1, length(key) + 2)) as place from towns)
),

unmatched_cut as (
    select
        * exclude (place),
        left(key, place - 1) || substr(key, place + 1) as cut_key,
    from (select *, unnest(range(1, length(key) + 2)) as place from unmatched)
),

near as (
    select
        u.text_id,
        arg_max(t.commune_code, (t.population, t.commune_code)) as commune_code,
    from unmatched_cut as u
    inner join towns_cut as t using (cut_key)
    where
        left(u.key, 1) = left(t.key, 1)  -- « Londres » is not Ondres
        and damerau_levenshtein(u.key, t.key) <= 1
        and coalesce(u.region_2014_code = t.region_2014_code or u.region_2016_code = t.region_2016_code, true)
    group by u.text_id
)

select
    n.text_id,
    s.said_town || ' → ' || c.name || ' (' || c.departement_code || ') ?' as detail,
from near as n
inner join communes as c using (commune_code)
inner join said_towns as s using (text_id);
