-- Names that no commune has and that begin with one's, before a quarter's: « Brest Recouvrance », « Lille-Fives », 35200 « Rennes Le Blosne ».
-- Or half of a commune's name. Within the communes of the postcode or the département that is known; where nothing says it, a town of 20,000 inhabitants that dwarfs its
-- namesakes. Input: place_texts, named_communes, ambiguous_communes, text_departements and the tables of gazetteer.sql.
-- Result: text_id, commune_code, city_key, head (the commune's name), is_placed (whether a postcode or a département says so too).
with unmatched as (
    select
        text_id,
        postcode,
        coalesce(is_postcode_known, false) as is_postcode_known,
        text_id in (select text_id from text_departements) as is_placed,
        coalesce(region_2014_code, region_2016_code) as region_code,
        city_key,
        string_split(city_key, ' ') as words,
    from place_texts
    where
        contains(city_key, ' ')
        and text_id not in (select text_id from named_communes)
        and text_id not in (select text_id from ambiguous_communes)
        and country_code is null
),

heads as (
    select
        *,
        array_to_string(words[1:n_words], ' ') as head,
        words[n_words + 1:] as rest,
    from (
        select
            *,
            unnest(range(1, len(words))) as n_words,
        from unmatched
        -- a body of communes, a country around, an airport, the outskirts: « Rennes Métropole », « Paris Saclay », « Lyon Sud »
        where
            not list_has_any(
                words,
                ['metropole', 'metropolitain', 'metropolitaine', 'agglo', 'agglomeration', 'communaute', 'communautes', 'intercommunalite', 'cc', 'ca',
                 'pays', 'pole', 'canton', 'bassin', 'vallee', 'plaine', 'region', 'departement', 'territoire', 'grand', 'couronne', 'banlieue',
                 'environs', 'alentours', 'peripherie', 'aeroport', 'exupery', 'saclay', 'defense', 'provence', 'cote', 'littoral', 'atlantique',
                 'ocean', 'mediterranee', 'bretagne', 'normandie', 'nord', 'sud', 'est', 'ouest', 'disney', 'disneyland', 'villages']
            )
    )
),

placed as (
    select
        h.text_id,
        h.city_key,
        h.head,
        h.n_words,
        c.commune_code,
    from heads as h
    inner join named_places as c on c.search_name = h.head
    where
        h.is_placed
        and c.departement_code in (select k.departement_code from text_departements as k where k.text_id = h.text_id)
        and (
            not h.is_postcode_known
            and not list_contains(['sur', 'sous', 'en', 'de', 'du', 'des', 'd', 'les', 'aux', 'et', 'a', 'pres'], h.rest[1])
            or c.commune_code in (select p.commune_code from postcode_communes as p where p.postcode = h.postcode)
        )
),

large as (
    select
        h.text_id,
        h.city_key,
        h.head,
        h.n_words,
        h.rest,
        c.commune_code,
    from heads as h
    inner join (
        select
            search_name,
            arg_max(commune_code, coalesce(population, 0)) as commune_code,
            max(coalesce(population, 0)) as population,
            sum(coalesce(population, 0)) as namesakes_population,
        from named_places
        group by search_name
    ) as c on c.search_name = h.head
    where
        not h.is_placed
        and h.region_code is null
        and c.population >= 20000
        and c.population >= 0.95 * c.namesakes_population
        and h.head not in ('orange', 'sens')  -- « Orange Bleue »
        and not list_contains(['sur', 'sous', 'en', 'de', 'du', 'des', 'd', 'les', 'aux', 'et', 'a', 'pres', 'ou', 'puis'], h.rest[1])
),

-- « Paris Nord Villepinte » is another town's.
of_others as (
    select distinct t.text_id
    from (
        select
            text_id,
            commune_code,
            unnest(list_transform(range(1, len(rest) + 1), lambda i: array_to_string(rest[i:], ' '))) as tail,
        from large
    ) as t
    inner join named_places as o on o.search_name = t.tail
    where o.population >= 5000 and o.commune_code <> t.commune_code
),

-- « Charleville » within the postcode of Charleville-Mézières.
shortened as (
    select
        u.text_id,
        u.city_key,
        p.search_name as head,
        0 as n_words,
        p.commune_code,
    from (select * from place_texts where text_id not in (select text_id from named_communes)) as u
    inner join postcode_communes as p on p.postcode = u.postcode and p.kind = 'commune'
    where
        u.text_id not in (select text_id from ambiguous_communes)
        and u.country_code is null
        and length(u.city_key) >= 4
        and u.city_key not in ('saint', 'sainte', 'notre dame', 'mont', 'pont', 'villeneuve', 'neuville', 'fontaine', 'chateau')
        and starts_with(p.search_name, u.city_key || ' ')
),

found as (
    select
        *,
        true as is_placed,
    from placed
    union all
    select
        *,
        true,
    from shortened
    union all
    select
        * exclude (rest),
        false,
    from large
    where text_id not in (select text_id from of_others)
),

longest as (
    select *
    from found
    qualify rank() over (partition by text_id order by n_words desc) = 1
)

select
    text_id,
    any_value(commune_code) as commune_code,
    any_value(city_key) as city_key,
    any_value(head) as head,
    any_value(is_placed) as is_placed,
from longest
group by text_id
having count(distinct commune_code) = 1;
