-- Names of communes that nothing has matched yet, with those that they may be a misspelling of: the names of their postcode where it
-- is known, else of their département. Input: place_texts, named_communes, ambiguous_communes, text_departements, and the tables of
-- gazetteer.sql. Result: text_id, city_key, candidates (a list of code and name).
with unmatched as (
    select
        text_id,
        postcode,
        coalesce(is_postcode_known, false) as is_postcode_known,
        city_key,
    from place_texts
    where
        city_key is not null
        and text_id not in (select text_id from named_communes)
        and text_id not in (select text_id from ambiguous_communes)
),

candidates as (
    select
        u.text_id,
        u.city_key,
        c.commune_code,
        c.search_name,
    from unmatched as u
    inner join postcode_communes as c on c.postcode = u.postcode and c.kind = 'commune'
    where u.is_postcode_known
    union all
    select
        u.text_id,
        u.city_key,
        c.commune_code,
        c.search_name,
    from unmatched as u
    inner join (
        select commune_code, search_name, unnest(postcodes) as postcode from named_places where is_other_year
    ) as c on c.postcode = u.postcode
    where u.is_postcode_known
    union all
    select
        u.text_id,
        u.city_key,
        c.commune_code,
        c.search_name,
    from unmatched as u
    inner join text_departements as k on k.text_id = u.text_id
    inner join named_places as c on c.departement_code = k.departement_code
    where not u.is_postcode_known
)

select
    text_id,
    city_key,
    list(distinct {'code': commune_code, 'name': search_name}) as candidates,
from candidates
group by all;
