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
        coalesce(longdescription, html) as given_long,
    from intake_owned
),

-- A text is read step by step: a macro is planned wherever it stands, its argument wherever it is used.
localised as (
    select
        *,
        intake_localised(given_long) as localised_long,
    from events
),

plain as (
    select
        *,
        intake_plain(localised_long) as plain_long,
    from localised
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
        intake_markdown(plain_long) as long_text,
    from plain
),

clocked as (
    select
        *,
        intake_clocked(list_sort(known_timings)) as clocked_timings,
        -- each value once, for what stands and for what is said of it
        list_transform(
            [
                uid, timezone, place.postalcode, coalesce(place.city, place.adminlevel4), place.insee,
                coalesce(place.department, place.adminlevel2), coalesce(place.region, place.adminlevel1), place.countrycode
            ],
            lambda t: intake_trim(t)
        ) as trims,
        intake_mode(given_mode) as read_mode,
        intake_status(given_status) as read_status,
        intake_published(state) as is_said_published,
        intake_localised_list(keywords) as read_keywords,
        list_filter(registration_links, lambda r: intake_link(r) is not null)[1] as read_registration,
        list_transform([place.latitude, place.longitude], lambda t: intake_decimal(t)) as read_point,
        list_transform([given_age_min, given_age_max], lambda t: intake_age(t)) as read_ages,
        list_transform([createdat, updatedat], lambda t: intake_instant(t)) as read_instants,
        intake_n_without_begin(timings, all_timings) as n_without_begin,
    from timed
),

taken as (
    select
        line,
        trims[1] as source_uid,
        coalesce(try_cast(state as integer) = 2, is_said_published, true)
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
        read_keywords as keywords,
        own_organisers as organiser_labels,
        read_mode as attendance_mode,
        read_status as status,
        intake_checked(clocked_timings) as checked,
        coalesce(known_timings[1].begins, case when timings not in ('null', '[]', '{}') then timings ->> '$' end) as date_text,
        coalesce(trims[2], place.timezone) as timezone,
        place.name as venue,
        place.address as address,
        trims[3] as postcode,
        trims[4] as city,
        trims[5] as commune_code,
        trims[6] as departement_label,
        trims[7] as region_label,
        trims[8] as country_code,
        read_point[1] as lat,
        read_point[2] as lon,
        intake_localised(conditions) as conditions,
        read_registration as registration_url,
        onlineaccesslink as online_url,
        list_filter(
            ['hi', 'vi', 'pi', 'mi', 'ii'],
            lambda kind: case json_type(accessibility)
                when 'OBJECT' then coalesce(json_extract_string(accessibility, kind) in ('true', '1'), false)
                else coalesce(contains(accessibility::varchar, '"' || kind || '"'), false)
            end
        ) as accessibility,
        read_ages[1] as age_min,
        read_ages[2] as age_max,
        read_instants[1] as created_at,
        read_instants[2] as updated_at,
        intake_told([
            case
                when len(all_timings) = 0 and len(known_timings) > 0 then {'kind': 'partial_timings', 'detail': null::varchar}
            end,
            case
                when n_without_begin > 0
                    then {'kind': 'impossible_date', 'detail': n_without_begin::varchar}
            end,
            intake_unread_text('title', title),
            intake_unread_text('description', description),
            intake_unread_text('long_description', given_long),
            intake_unread_text('conditions', conditions),
            case
                when keywords not in ('{}', '[]', 'null') and read_keywords is null
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
            intake_unread('attendance_mode', given_mode, read_mode is not null),
            intake_unread('status', given_status, read_status is not null),
            intake_unread(
                'state', state, is_said_published is not null or coalesce(try_cast(state as integer) between -2 and 2, false)
            ),
            intake_unread('state', private, private in ('0', '1', 'true', 'false')),
            intake_unread('state', draft, draft in ('0', '1', 'true', 'false')),
            intake_unread_shape('venue', location, 'OBJECT'),
            intake_unread_point(
                nullif(concat_ws(' ', place.latitude, place.longitude), ''),
                read_point[1],
                read_point[2]
            ),
            case
                when len(registration_links) > 0
                    then intake_unlinked(
                        nullif(array_to_string(registration_links, ' '), ''),
                        read_registration
                    )
            end,
            intake_unread_shape('registration_url', registration, 'ARRAY'),
            intake_unread('accessibility', intake_accessibility_text(accessibility), false),
            intake_unread_shape('age', age, 'OBJECT'),
            intake_unread('age_min', given_age_min, read_ages[1] is not null),
            intake_unread('age_max', given_age_max, read_ages[2] is not null),
            intake_unread('created_at', createdat, read_instants[1] is not null),
            intake_unread('updated_at', updatedat, read_instants[2] is not null),
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
