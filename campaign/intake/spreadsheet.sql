-- Rows of a spreadsheet (intake_named, with intake_read_spans for their dates) as intake_incoming.

-- « 48,1173 », « 48.1173° N », « −1,6778 » (a typeset minus), « 1,6778 O » (west), with spaces of any kind. NaN is no number.
create or replace temp macro intake_written_decimal(t) as
    case when regexp_matches(t, '(?i)[swo]$') then -1 else 1 end
    * try_cast(regexp_replace(replace(replace(t, ',', '.'), chr(8722), '-'), '(?i)[nesow]$', '') as double);

create or replace temp macro intake_decimal(t) as
    case
        when regexp_full_match(t, '-?\d+(\.\d+)?') then try_cast(t as double)
        when regexp_matches(t, '\d') then intake_written_decimal(regexp_replace(t, '[\s\p{Zs}°]', '', 'g'))
    end;

create or replace temp macro intake_position(t) as
    regexp_extract(t, '^\[?\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*\]?$', ['lat', 'lon']);

create or replace temp macro intake_moment(t) as
    intake_instant(
        coalesce(
            intake_iso(t),
            nullif(regexp_replace(t, '^(\d\d)/(\d\d)/(\d{4})$', '\3-\2-\1'), t),
            nullif(regexp_replace(t, '^(\d\d)/(\d\d)/(\d{4})[ T,à]+(\d\d)[:h](\d\d)(:\d\d)?$', '\3-\2-\1T\4:\5\6'), t)
        )
    );

create or replace temp macro intake_country(t) as
    case
        when t is null then null
        when length(t) = 2 then upper(t)
        when lower(t) like 'france%' then 'FR'
        else map {'suisse': 'CH', 'belgique': 'BE', 'luxembourg': 'LU', 'allemagne': 'DE', 'espagne': 'ES', 'italie': 'IT'}[
            strip_accents(lower(t))
        ]
    end;

create or replace temp view intake_incoming as
with taken as (
    select
        n.line,
        n.uid as source_uid,
        coalesce(
            case when regexp_full_match(n.state, '-?\d') then n.state = '2' end,
            intake_published(n.state),
            intake_published(n.status),
            true
        ) as is_published,
        n.title,
        case
            when n.long_description is null then n.description
            when n.description is null or contains(n.long_description, n.description) then intake_markdown(n.long_description)
            else n.description || chr(10) || chr(10) || intake_markdown(n.long_description)
        end as description,
        n.url,
        n.type as type_label,
        case
            when contains(n.themes, ',') and len(intake_split(n.themes)) = 1 then string_split_regex(n.themes, '\s*,\s*')
            else intake_split(n.themes)
        end as theme_labels,
        case
            when contains(n.keywords, ',') then string_split_regex(n.keywords, '\s*[|,;\n]\s*')
            else intake_split(n.keywords)
        end as keywords,
        case
            when n.partners is null then intake_split(n.organiser)
            else list_concat(intake_split(n.organiser), intake_split(n.partners))
        end as organiser_labels,
        coalesce(
            intake_mode(n.attendance_mode),
            case
                when lower(n.venue) in ('en ligne', 'visio', 'en visio', 'visioconférence', 'webinaire', 'à distance', 'online')
                    then 'online'
            end
        ) as attendance_mode,
        coalesce(
            intake_status(n.status), case when not regexp_full_match(n.state, '-?\d') then intake_status(n.state) end
        ) as status,
        s.checked,
        s.date_text,
        n.timezone,
        n.venue,
        n.address,
        case
            when length(n.postcode) = 5 and not ends_with(n.postcode, '.0') then n.postcode
            when regexp_full_match(n.postcode, '\d{4}(?:\.0)?') and coalesce(intake_country(n.country), 'FR') = 'FR'
                then '0' || left(n.postcode, 4)
            else regexp_replace(n.postcode, '\.0$', '')
        end as postcode,
        n.city,
        n.commune_code,
        n.departement as departement_label,
        n.region as region_label,
        intake_country(n.country) as country_code,
        coalesce(intake_decimal(n.lat), intake_decimal(intake_position(n.position).lat)) as lat,
        coalesce(intake_decimal(n.lon), intake_decimal(intake_position(n.position).lon)) as lon,
        n.conditions,
        case
            when n.registration_url is not null
                then list_filter(string_split_regex(n.registration_url, '[\s|,;]+'), lambda x: intake_link(x) is not null)[1]
        end as registration_url,
        n.online_url,
        case when n.accessibility is null then [] else intake_accessibility(n.accessibility) end as accessibility,
        intake_age(coalesce(n.age_min, regexp_extract(n.age, '\d+'))) as age_min,
        intake_age(coalesce(n.age_max, regexp_extract(n.age, '\d+\D+(\d+)', 1))) as age_max,
        intake_from_paris(intake_moment(n.created_at)) as created_at,
        intake_from_paris(intake_moment(n.updated_at)) as updated_at,
        case when s.has_year then s.year_read end as edition_hint,
        case
            when
                (n.lat is not null and intake_decimal(n.lat) is null)
                or (n.lon is not null and intake_decimal(n.lon) is null)
                or (n.position is not null and intake_decimal(intake_position(n.position).lat) is null)
                then list_append(
                    list_concat(n.notes, s.notes),
                    {'kind': 'coordinates_unreadable', 'detail': concat_ws(' ', n.lat, n.lon, n.position)}
                )
            when len(n.notes) = 0 then s.notes
            else list_concat(n.notes, s.notes)
        end as notes,
    from intake_named as n
    inner join intake_read_spans as s
        on
            n.slots is not distinct from s.slots
            and n.begins is not distinct from s.begins
            and n.begins_hour is not distinct from s.begins_hour
            and n.ends is not distinct from s.ends
            and n.ends_hour is not distinct from s.ends_hour
            and n.year is not distinct from s.year
)

from intake_shape
union all by name
from taken;
