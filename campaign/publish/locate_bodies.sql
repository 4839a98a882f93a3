-- Bodies of communes and surroundings that are named for one: « Rennes Métropole », « agglomération de Nantes », « CC du Pays de Redon ». Which
-- commune is not said; its département and region are those of the one in the name. Input: place_texts, named_communes, ambiguous_communes,
-- text_departements and the tables of gazetteer.sql. Output: town_bodies. Runs only where a name was not matched (see placing.py).

create or replace temp macro body_words() as
    '(?:euro)?metropole|agglo|agglomeration|communaute|intercommunalite|cc|ca|cu|pays|grand|bassin|canton|environs|alentours|peripherie|banlieue|pres|proche';

create or replace temp table town_bodies as
with named as (
    select
        text_id,
        region_2014_code,
        region_2016_code,
        string_split(
            trim(
                regexp_replace(
                    city_key,
                    '^(?:(?:les? |la |l )?(?:' || body_words() || ')(?: (?:europeenne|urbaine|d agglomeration|de communes))?(?: (?:du|des|de|d))? )+|'
                    || '(?: et| et ses)? (?:' || body_words() || ')(?: .*)?$',
                    ''
                )
            ), ' '
        ) as words,
    from place_texts
    where
        regexp_matches(city_key, '\b(?:' || body_words() || ')\b')
        and text_id not in (select text_id from named_communes)
        and text_id not in (select text_id from ambiguous_communes)
        and text_id not in (select text_id from text_departements)
        and territory_words(city_key) not in (select key from region_keys)
        and country_code is null
),

heads as (
    select
        * exclude (words),
        unnest(list_transform(range(1, len(words) + 1), lambda i: array_to_string(words[1:i], ' '))) as head,
    from named
),

towns as (
    select
        search_name,
        arg_max(departement_code, population) as departement_code,
        arg_max(region_2014_code, population) as region_2014_code,
        arg_max(region_2016_code, population) as region_2016_code,
    from named_places
    where population is not null
    group by search_name
    having max(population) >= 3000 and max(population) >= 0.95 * sum(population)
)

-- Around Paris there are several départements.
select
    h.text_id,
    case when t.departement_code <> '75' then t.departement_code end as departement_code,
    t.region_2014_code,
    t.region_2016_code,
from heads as h
inner join towns as t on t.search_name = h.head
where
    coalesce(h.region_2014_code = t.region_2014_code, true)
    and coalesce(h.region_2016_code = t.region_2016_code, true)
qualify row_number() over (partition by h.text_id order by length(h.head) desc) = 1;
