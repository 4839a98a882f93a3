-- Records of the Fête de la science as intake_incoming. Names of persons (animateurs, referent_scientifique) and the
-- opening hours of year 0001 are left aside.
create or replace temp macro intake_slot() as
    '\d{4}-\d\d-\d\dT[\d:]{5,8}(?:Z|[+-]\d\d:\d\d)?-\d{4}-\d\d-\d\dT[\d:]{5,8}(?:Z|[+-]\d\d:\d\d)?';

-- What is left of a text without what was read of it and without the signs between.
create or replace temp macro intake_rest(t, pattern) as
    nullif(trim(regexp_replace(regexp_replace(t, pattern, ' ', 'g'), '[\s;,|]+', ' ', 'g')), '');

set variable intake_incoming = $incoming$
with records as (
    select
        *,
        list_transform(
            regexp_extract_all(horaires_iso, intake_slot()),
            lambda slot: {
                'begins': regexp_extract(slot, '^(.*?)-\d{4}-\d\d-\d\dT', 1),
                'ends': regexp_extract(slot, '(\d{4}-\d\d-\d\dT[^T]*)$', 1),
            }
        ) as slots,
        list_transform(
            regexp_extract_all(coalesce(dates, ''), '\d{4}-\d\d-\d\d'), lambda day: {'begins': day, 'ends': null::varchar}
        ) as days,
        list_filter(string_split_regex(lien_d_inscription, '[\s|,;]+'), lambda x: intake_link(x) is not null)[1]
            as registration_link,
    from intake_typed
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
        any_type as type_label,
        string_split(thematiques, '|') as theme_labels,
        string_split_regex(mots_cles_fr, '\s*[,;|]\s*') as keywords,
        case when organisateur is null then [] else [organisateur] end as organiser_labels,
        intake_checked(clocked_timings) as checked,
        coalesce(horaires_iso, dates) as date_text,
        nom_du_lieu as venue,
        adresse as address,
        intake_trim(code_postal) as postcode,
        intake_trim(ville) as city,
        intake_trim(departement) as departement_label,
        intake_trim(region) as region_label,
        intake_country(pays) as country_code,
        coalesce(
            try_cast(point ->> 1 as double),
            intake_json_lat(geolocalisation)
        ) as lat,
        coalesce(
            try_cast(point ->> 0 as double),
            intake_json_lon(geolocalisation)
        ) as lon,
        detail_des_conditions_fr as conditions,
        registration_link as registration_url,
        intake_accessibility(accessibilite_fr) as accessibility,
        intake_age(age_minimum) as age_min,
        intake_age(age_maximum) as age_max,
        intake_instant(derniere_mise_a_jour) as updated_at,
        intake_told([
            case when len(slots) = 0 and len(days) > 0 then {'kind': 'partial_timings', 'detail': null::varchar} end,
            intake_unread('slots', intake_rest(horaires_iso, intake_slot()), false),
            case
                when coalesce(len(slots), 0) = 0 then intake_unread('slots', intake_rest(dates, '\d{4}-\d\d-\d\d'), false)
            end,
            intake_unread('state', statut, intake_published(statut) is not null),
            intake_unread('country', pays, intake_country(pays) is not null),
            intake_unread_point(
                case when point is null and geolocalisation <> 'null' then geolocalisation ->> '$' end,
                intake_json_lat(geolocalisation),
                intake_json_lon(geolocalisation)
            ),
            intake_unlinked(lien_d_inscription, registration_link),
            intake_unread('accessibility', intake_accessibility_rest(accessibilite_fr), false),
            intake_unread('age_min', age_minimum, intake_age(age_minimum) is not null),
            intake_unread('age_max', age_maximum, intake_age(age_maximum) is not null),
            intake_unread('updated_at', derniere_mise_a_jour, intake_instant(derniere_mise_a_jour) is not null),
        ]) as notes,
    from clocked
)

from intake_shape
union all by name
from taken
$incoming$;
