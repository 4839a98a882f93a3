-- Records of the Fête de la science as intake_incoming. Names of persons (animateurs, referent_scientifique) and the
-- opening hours of year 0001 are left aside.
create or replace temp view intake_incoming as
with records as (
    select
        *,
        list_transform(
            regexp_extract_all(
                horaires_iso,
                '\d{4}-\d\d-\d\dT[\d:]{5,8}(?:Z|[+-]\d\d:\d\d)?-\d{4}-\d\d-\d\dT[\d:]{5,8}(?:Z|[+-]\d\d:\d\d)?'
            ),
            lambda slot: {
                'begins': regexp_extract(slot, '^(.*?)-\d{4}-\d\d-\d\dT', 1),
                'ends': regexp_extract(slot, '(\d{4}-\d\d-\d\dT[^T]*)$', 1),
            }
        ) as slots,
        list_transform(
            regexp_extract_all(coalesce(dates, ''), '\d{4}-\d\d-\d\d'), lambda day: {'begins': day, 'ends': null::varchar}
        ) as days,
    from intake_fields
),

clocked as (
    select
        *,
        intake_clocked(list_sort(list_distinct(case when len(slots) > 0 then slots else days end))) as clocked_timings,
    from records
),

taken as (
    select
        line,
        intake_trim(identifiant) as source_uid,
        coalesce(intake_published(statut), true) as is_published,
        titre_fr as title,
        concat_ws(
            chr(10) || chr(10), description_fr, intake_plain(coalesce(description_longue_fr, description_longue_html_fr))
        ) as description,
        lien as url,
        coalesce(type_d_animation, type_animation) as type_label,
        string_split(thematiques, '|') as theme_labels,
        string_split_regex(mots_cles_fr, '\s*[,;|]\s*') as keywords,
        case when organisateur is null then [] else [organisateur] end as organiser_labels,
        intake_checked(clocked_timings) as checked,
        horaires_iso as date_text,
        nom_du_lieu as venue,
        adresse as address,
        intake_trim(code_postal) as postcode,
        intake_trim(ville) as city,
        intake_trim(departement) as departement_label,
        intake_trim(region) as region_label,
        case when pays ilike 'france%' then 'FR' end as country_code,
        coalesce(
            try_cast(point ->> 1 as double),
            try_cast(geolocalisation ->> 'lat' as double),
            try_cast(geolocalisation ->> 0 as double)
        ) as lat,
        coalesce(
            try_cast(point ->> 0 as double),
            try_cast(geolocalisation ->> 'lon' as double),
            try_cast(geolocalisation ->> 1 as double)
        ) as lon,
        detail_des_conditions_fr as conditions,
        list_filter(string_split_regex(lien_d_inscription, '[\s|,;]+'), lambda x: intake_link(x) is not null)[1]
            as registration_url,
        intake_age(age_minimum) as age_min,
        intake_age(age_maximum) as age_max,
        intake_instant(derniere_mise_a_jour) as updated_at,
        case when len(slots) = 0 and len(days) > 0 then [{'kind': 'partial_timings', 'detail': null}] else [] end as notes,
    from clocked
)

from intake_shape
union all by name
from taken;
