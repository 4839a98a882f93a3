-- OpenAgenda events (API v2, detailed or not; v3; older exports) as intake_incoming.
-- Input: intake_owned, made by openagenda.py: one row per event, nested parts as JSON, and what the agenda's own fields
-- say (own_type, own_themes, own_organisers).

-- A text in several languages: French first, else the first that there is.
create or replace temp macro intake_localised(j) as
    case json_type(j)
        when 'OBJECT'
            then coalesce(
                nullif(trim(j ->> 'fr'), ''), list_filter(json_extract_string(j, '$.*'), lambda x: trim(x) <> '')[1]
            )
        when 'ARRAY' then null
        when 'NULL' then null
        else json_extract_string(j, '$')
    end;

create or replace temp macro intake_localised_list(j) as
    case json_type(j)
        when 'OBJECT'
            then coalesce(
                json_transform(json_extract(j, '$.fr'), '["VARCHAR"]'), json_transform(json_extract(j, '$.*')[1], '["VARCHAR"]')
            )
        when 'ARRAY' then json_transform(j, '["VARCHAR"]')
        when 'VARCHAR' then string_split_regex(json_extract_string(j, '$'), '\s*[,;|]\s*')
    end;

create or replace temp macro intake_span(j) as
    {
        'begins': coalesce(j ->> 'begin', j ->> 'start'),
        'ends': j ->> 'end',
    };

create or replace temp macro intake_timings(j) as
    list_filter(
        list_transform(
            json_transform(j, '[{"begin": "VARCHAR", "start": "VARCHAR", "end": "VARCHAR"}]'),
            lambda t: {'begins': coalesce(t.begin, t.start), 'ends': t.end}
        ),
        lambda t: t.begins is not null
    );

create or replace temp view intake_incoming as
with events as (
    select
        *,
        json_transform(
            location,
            '{
                "name": "VARCHAR", "address": "VARCHAR", "city": "VARCHAR", "postalCode": "VARCHAR", "insee": "VARCHAR",
                "department": "VARCHAR", "region": "VARCHAR", "adminLevel1": "VARCHAR", "adminLevel2": "VARCHAR",
                "adminLevel4": "VARCHAR", "countryCode": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE",
                "timezone": "VARCHAR"
            }'
        ) as place,
        intake_timings(timings) as all_timings,
        intake_localised(description) as short_text,
        intake_markdown(intake_plain(intake_localised(coalesce(longdescription, html)))) as long_text,
    from intake_owned
),

timed as (
    select
        *,
        case
            when len(all_timings) > 0 then all_timings
            else list_distinct(
                list_filter(
                    [intake_span(firsttiming), intake_span(nexttiming), intake_span(lasttiming)],
                    lambda t: t.begins is not null
                )
            )
        end as known_timings,
    from events
),

clocked as (
    select
        *,
        intake_clocked(list_sort(known_timings)) as clocked_timings,
    from timed
),

taken as (
    select
        line,
        intake_trim(uid) as source_uid,
        coalesce(try_cast(state as integer) = 2, intake_published(state), true)
        and not coalesce(private in ('1', 'true'), false)
        and not coalesce(draft in ('1', 'true'), false) as is_published,
        intake_localised(title) as title,
        case
            when contains(long_text, short_text) then long_text
            else concat_ws(chr(10) || chr(10), short_text, long_text)
        end as description,
        coalesce(canonicalurl, canonical) as url,
        own_type as type_label,
        own_themes as theme_labels,
        intake_localised_list(keywords) as keywords,
        own_organisers as organiser_labels,
        intake_mode(coalesce(attendancemode ->> 'id', attendancemode ->> '$')) as attendance_mode,
        intake_status(coalesce(status ->> 'id', status ->> '$')) as status,
        intake_checked(clocked_timings) as checked,
        known_timings[1].begins as date_text,
        coalesce(intake_trim(timezone), place.timezone) as timezone,
        place.name as venue,
        place.address as address,
        intake_trim(place.postalcode) as postcode,
        intake_trim(coalesce(place.city, place.adminlevel4)) as city,
        intake_trim(place.insee) as commune_code,
        intake_trim(coalesce(place.department, place.adminlevel2)) as departement_label,
        intake_trim(coalesce(place.region, place.adminlevel1)) as region_label,
        intake_trim(place.countrycode) as country_code,
        place.latitude as lat,
        place.longitude as lon,
        intake_localised(conditions) as conditions,
        list_filter(
            list_transform(
                case json_type(registration) when 'ARRAY' then json_extract(registration, '$[*]') end,
                lambda r: case
                    when json_type(r) = 'VARCHAR' then r ->> '$'
                    when coalesce(r ->> 'type', 'link') = 'link' then r ->> 'value'
                end
            ),
            lambda r: intake_link(r) is not null
        )[1] as registration_url,
        onlineaccesslink as online_url,
        list_filter(
            ['hi', 'vi', 'pi', 'mi', 'ii'],
            lambda kind: case json_type(accessibility)
                when 'OBJECT' then coalesce(json_extract_string(accessibility, kind) in ('true', '1'), false)
                else coalesce(contains(accessibility::varchar, '"' || kind || '"'), false)
            end
        ) as accessibility,
        intake_age(age ->> 'min') as age_min,
        intake_age(age ->> 'max') as age_max,
        intake_instant(createdat) as created_at,
        intake_instant(updatedat) as updated_at,
        case
            when coalesce(len(all_timings), 0) = 0 and len(known_timings) > 0
                then [{'kind': 'partial_timings', 'detail': null}]
            else []
        end as notes,
    from clocked
)

from intake_shape
union all by name
from taken;
