-- The towns of a text that may name several: « Rennes / Saint-Malo », « Nantes (44) et Rennes (35) », « Médiathèque, Rennes ».
-- Input: said_towns, spelled_places and the tables of gazetteer.sql. Output: several_towns. Runs only where a text may do so (see
-- pipeline.py): to plan it takes longer than to see that none does.

create or replace temp table town_parts as
with listed as (
    select
        t.text_id,
        t.said_town,
        g.several_postcodes,
        g.digits,
        g.departement_key,
        unnest(
            string_split_regex(
                regexp_replace(t.said_town, '\([^()]*\)', ' ', 'g'), '(?i)\s*[,;/&+|\n]\s*(?:(?:et|ou|puis)\s+)?|\s+(?:et|ou|puis)\s+|\s+[-–—]\s+|\s*:\s+'
            )
        ) as part,
        generate_subscripts(
            string_split_regex(
                regexp_replace(t.said_town, '\([^()]*\)', ' ', 'g'), '(?i)\s*[,;/&+|\n]\s*(?:(?:et|ou|puis)\s+)?|\s+(?:et|ou|puis)\s+|\s+[-–—]\s+|\s*:\s+'
            ), 1
        ) as position,
    from said_towns as t
    inner join spelled_places as g using (text_id)
    where
        may_name_towns(t.said_town)
        and town_key(t.said_town) not in (select search_name from commune_names)
        and place_key(t.said_town) not in (select search_name from bracketed_names)
        -- « Mans, Le »
        and not regexp_matches(t.said_town, '(?i)[,(]\s*(?:le|la|les|l[''’])\s*\)?\s*$')
),

keyed as (
    select
        *,
        town_key(part) as key,
        left(digits, 2) as post_departement,
        -- « Rennes et Nantes », 35000
        regexp_matches(said_town, '(?i)[&+]|\s(?:et|ou|puis)\s')
        and key in (select l.search_name from communes as l where l.population >= 50000) as is_large_of_list,
    from listed
),

-- « Brest, Recouvrance », « Grenoble - Villeneuve »: a quarter behind its town, of which only far and small communes have the name
quarters as (
    select q.text_id
    from keyed as q
    inner join keyed as k on k.text_id = q.text_id and k.position = 1
    inner join communes as t on t.search_name = k.key and t.kind = 'commune' and t.population >= 50000
    inner join commune_names as n on n.search_name = q.key
    inner join communes as far on far.commune_code = n.commune_code
    where q.position = 2 and regexp_full_match(q.said_town, '[^,;/&+|\n:–—-]+(?:,| [-–—] )[^,;/&+|\n:]+')
    group by q.text_id
    having
        min(distance_km(t.lat, t.lon, far.lat, far.lon)) > 60 and max(coalesce(far.population, 0)) < 5000
        and count(distinct t.commune_code) = 1
),

towns as (
    select k.text_id, k.position, c.commune_code, c.departement_code
    from keyed as k
    inner join commune_names as c on c.search_name = k.key
    -- where a postcode says the département, a quarter that is called as a town elsewhere is no town
    where
        (
            length(k.digits) <> 5
            or k.post_departement in (left(c.departement_code, 2), '20')
            or k.is_large_of_list
        )
        and not (k.position = 2 and k.text_id in (select q.text_id from quarters as q))
)

select
    k.text_id,
    k.position,
    k.part,
    k.key,
    list(distinct c.departement_code) as departements,
    count(c.commune_code) > 0 as is_town,
    -- « Renne et Nantes »: a name that is not known, of as much weight as the other
    count(c.commune_code) = 0
    and bool_and(
        k.digits = ''
        and regexp_matches(k.part, '^\s*' || any_capital())
        and not regexp_matches(k.said_town, '[,;/:|\n]|\s[-–—]\s')
    ) as is_unread,
    -- beside a town, « Mayenne » is its département
    bool_or(
        k.position > 1 and contains(k.said_town, ',')
        and (k.key in (select key from departement_keys) or k.key in (select key from region_keys))
    ) as is_territory,
from keyed as k
left join towns as c on c.text_id = k.text_id and c.position = k.position
group by all;

create or replace temp table several_towns as
select
    text_id,
    if(bool_or(is_unread), 2, count(distinct key) filter (is_town)) as n_towns,
    arg_min(part, position) filter (is_town) as first_town,
    -- where all of them lie, if each can lie there
    case
        when not bool_or(is_unread)
            then list_reduce(list(departements) filter (is_town), lambda a, b: list_intersect(a, b))
    end as shared_departements,
from town_parts
where not is_territory
group by text_id
having bool_or(is_town);
