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

-- A text that is a list: none is taken.
create or replace temp macro intake_unread_text(field, j) as
    intake_unread(field, case when json_type(j) = 'ARRAY' and j <> '[]' then j::varchar end, false);

-- Something other than what stands there in an agenda: a text for an object, a number for a list.
create or replace temp macro intake_unread_shape(field, j, shape) as
    intake_unread(field, case when json_type(j) not in (shape, 'NULL') then j ->> '$' end, false);

-- What an object or list of kinds of disability holds beyond the five kinds and yes or no.
create or replace temp macro intake_accessibility_text(j) as
    intake_accessibility_rest(
        case json_type(j)
            when 'OBJECT'
                then array_to_string(
                    list_concat(
                        list_filter(json_keys(j), lambda kind: kind not in ('hi', 'vi', 'pi', 'mi', 'ii')),
                        list_filter(json_extract_string(j, '$.*'), lambda said: said not in ('true', 'false', '0', '1'))
                    ),
                    ' '
                )
            when 'ARRAY' then array_to_string(json_extract_string(j, '$[*]'), ' ')
            when 'NULL' then null
            else j ->> '$'
        end
    );

-- How many entries of a list of sessions have no beginning.
create or replace temp macro intake_n_without_begin(j, known) as
    case when json_type(j) = 'ARRAY' then json_array_length(j)::bigint - len(known) else 0 end;

set variable intake_incoming = $incoming$
with events as (
    select
        *,
        json_transform(
            location,
            '{
                "name": "VARCHAR", "address": "VARCHAR", "city": "VARCHAR", "postalCode": "VARCHAR", "insee": "VARCHAR",
                "department": "VARCHAR", "region": "VARCHAR", "adminLevel1": "VARCHAR", "adminLevel2": "VARCHAR",
                "adminLevel4": "VARCHAR", "countryCode": "VARCHAR", "latitude": "VARCHAR", "longitude": "VARCHAR",
                "timezone": "VARCHAR"
            }'
        ) as place,
        coalesce(case when json_type(timings) = 'ARRAY' then intake_timings(timings) end, []) as all_timings,
        list_transform(
            case json_type(registration) when 'ARRAY' then json_extract(registration, '$[*]') end,
            lambda r: case
                when json_type(r) = 'VARCHAR' then r ->> '$'
                when coalesce(r ->> 'type', 'link') = 'link' then r ->> 'value'
            end
        ) as registration_links,
        coalesce(attendancemode ->> 'id', attendancemode ->> '$') as given_mode,
        coalesce(status ->> 'id', status ->> '$') as given_status,
        age ->> 'min' as given_age_min,
        age ->> 'max' as given_age_max,
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
        intake_mode(given_mode) as attendance_mode,
        intake_status(given_status) as status,
        intake_checked(clocked_timings) as checked,
        coalesce(known_timings[1].begins, case when timings not in ('null', '[]', '{}') then timings ->> '$' end) as date_text,
        coalesce(intake_trim(timezone), place.timezone) as timezone,
        place.name as venue,
        place.address as address,
        intake_trim(place.postalcode) as postcode,
        intake_trim(coalesce(place.city, place.adminlevel4)) as city,
        intake_trim(place.insee) as commune_code,
        intake_trim(coalesce(place.department, place.adminlevel2)) as departement_label,
        intake_trim(coalesce(place.region, place.adminlevel1)) as region_label,
        intake_trim(place.countrycode) as country_code,
        intake_decimal(place.latitude) as lat,
        intake_decimal(place.longitude) as lon,
        intake_localised(conditions) as conditions,
        list_filter(registration_links, lambda r: intake_link(r) is not null)[1] as registration_url,
        onlineaccesslink as online_url,
        list_filter(
            ['hi', 'vi', 'pi', 'mi', 'ii'],
            lambda kind: case json_type(accessibility)
                when 'OBJECT' then coalesce(json_extract_string(accessibility, kind) in ('true', '1'), false)
                else coalesce(contains(accessibility::varchar, '"' || kind || '"'), false)
            end
        ) as accessibility,
        intake_age(given_age_min) as age_min,
        intake_age(given_age_max) as age_max,
        intake_instant(createdat) as created_at,
        intake_instant(updatedat) as updated_at,
        intake_told([
            case
                when len(all_timings) = 0 and len(known_timings) > 0 then {'kind': 'partial_timings', 'detail': null::varchar}
            end,
            case
                when intake_n_without_begin(timings, all_timings) > 0
                    then {'kind': 'impossible_date', 'detail': intake_n_without_begin(timings, all_timings)::varchar}
            end,
            intake_unread_text('title', title),
            intake_unread_text('description', description),
            intake_unread_text('long_description', coalesce(longdescription, html)),
            intake_unread_text('conditions', conditions),
            case
                when keywords not in ('{}', '[]', 'null') and intake_localised_list(keywords) is null
                    then intake_unread('keywords', keywords ->> '$', false)
            end,
            intake_unread_shape('slots', timings, 'ARRAY'),
            case
                when len(all_timings) = 0
                    then intake_unread(
                        'slots',
                        concat_ws(
                            ' ',
                            case when firsttiming <> 'null' and intake_span(firsttiming).begins is null then firsttiming ->> '$' end,
                            case when nexttiming <> 'null' and intake_span(nexttiming).begins is null then nexttiming ->> '$' end,
                            case when lasttiming <> 'null' and intake_span(lasttiming).begins is null then lasttiming ->> '$' end
                        ),
                        false
                    )
            end,
            intake_unread('attendance_mode', given_mode, intake_mode(given_mode) is not null),
            intake_unread('status', given_status, intake_status(given_status) is not null),
            intake_unread(
                'state', state, intake_published(state) is not null or coalesce(try_cast(state as integer) between -2 and 2, false)
            ),
            intake_unread('state', private, private in ('0', '1', 'true', 'false')),
            intake_unread('state', draft, draft in ('0', '1', 'true', 'false')),
            intake_unread_shape('venue', location, 'OBJECT'),
            intake_unread_point(
                nullif(concat_ws(' ', place.latitude, place.longitude), ''),
                intake_decimal(place.latitude),
                intake_decimal(place.longitude)
            ),
            case
                when len(registration_links) > 0
                    then intake_unlinked(
                        nullif(array_to_string(registration_links, ' '), ''),
                        list_filter(registration_links, lambda r: intake_link(r) is not null)[1]
                    )
            end,
            intake_unread_shape('registration_url', registration, 'ARRAY'),
            intake_unread('accessibility', intake_accessibility_text(accessibility), false),
            intake_unread_shape('age', age, 'OBJECT'),
            intake_unread('age_min', given_age_min, intake_age(given_age_min) is not null),
            intake_unread('age_max', given_age_max, intake_age(given_age_max) is not null),
            intake_unread('created_at', createdat, intake_instant(createdat) is not null),
            intake_unread('updated_at', updatedat, intake_instant(updatedat) is not null),
            intake_unread('type', own_types_unread, false),
            intake_unread('themes', own_themes_unread, false),
            intake_unread('organiser', own_organisers_unread, false),
        ]) as notes,
    from clocked
)

from intake_shape
union all by name
from taken
$incoming$;
