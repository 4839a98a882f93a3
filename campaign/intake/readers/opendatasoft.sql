-- Opendatasoft records (dataset evenements-publics-openagenda) as intake_incoming.
-- There is no creation date and no organiser: the agenda of origin and the contributor are neither.

create or replace temp macro intake_list(j) as
    case json_type(j)
        when 'ARRAY' then json_transform(j, '["VARCHAR"]')
        when 'VARCHAR' then string_split_regex(json_extract_string(j, '$'), '\s*[,;|]\s*')
        else []
    end;

set variable intake_incoming = $incoming$
with records as (
    select
        *,
        json_transform(
            try_cast(timings as json), '[{"begin": "VARCHAR", "end": "VARCHAR"}]'
        ) as all_timings,
        try_cast(attendancemode as json) as mode,
        try_cast(status as json) as state,
        coalesce(mode ->> 'id', attendancemode) as given_mode,
        coalesce(state ->> 'id', status) as given_status,
        case when json_type(try_cast(registration as json)) = 'ARRAY' then registration::json end as tools,
        list_filter(
            list_transform(
                json_extract(tools, '$[*]'), lambda r: case when coalesce(r ->> 'type', 'link') = 'link' then r ->> 'value' end
            ),
            lambda link: link is not null
        ) as registration_links,
        intake_plain(longdescription_fr) as long_text,
    from intake_fields
),

timed as (
    select
        *,
        case
            when len(all_timings) > 0 then list_transform(all_timings, lambda t: {'begins': t.begin, 'ends': t.end})
            else list_distinct(
                list_filter(
                    [
                        {'begins': firstdate_begin, 'ends': firstdate_end},
                        {'begins': lastdate_begin, 'ends': lastdate_end},
                    ],
                    lambda t: t.begins is not null
                )
            )
        end as known_timings,
    from records
),

clocked as (
    select
        *,
        intake_clocked(list_sort(list_filter(known_timings, lambda t: t.begins is not null))) as clocked_timings,
    from timed
),

taken as (
    select
        line,
        intake_trim(uid) as source_uid,
        true as is_published,
        title_fr as title,
        case
            when contains(long_text, description_fr) then long_text
            else concat_ws(chr(10) || chr(10), description_fr, long_text)
        end as description,
        canonicalurl as url,
        category as type_label,
        intake_list(keywords_fr) as keywords,
        intake_mode(given_mode) as attendance_mode,
        intake_status(given_status) as status,
        intake_checked(clocked_timings) as checked,
        coalesce(known_timings[1].begins, timings) as date_text,
        location_name as venue,
        location_address as address,
        intake_trim(location_postalcode) as postcode,
        intake_trim(location_city) as city,
        intake_trim(location_insee) as commune_code,
        intake_trim(location_department) as departement_label,
        intake_trim(location_region) as region_label,
        intake_trim(location_countrycode) as country_code,
        -- {lon, lat} in v2.1; [lat, lon] in the fields of v1, whose geometry, [lon, lat], is taken when there is one.
        coalesce(
            try_cast(point ->> 1 as double),
            intake_json_lat(location_coordinates)
        ) as lat,
        coalesce(
            try_cast(point ->> 0 as double),
            intake_json_lon(location_coordinates)
        ) as lon,
        conditions_fr as conditions,
        list_filter(registration_links, lambda r: intake_link(r) is not null)[1] as registration_url,
        onlineaccesslink as online_url,
        intake_accessibility(accessibility) as accessibility,
        intake_age(age_min) as age_min,
        intake_age(age_max) as age_max,
        intake_instant(updatedat) as updated_at,
        intake_told([
            case
                when coalesce(len(all_timings), 0) = 0 and len(known_timings) > 0
                    then {'kind': 'partial_timings', 'detail': null::varchar}
            end,
            case
                when len(list_filter(all_timings, lambda t: t.begin is null)) > 0
                    then {'kind': 'impossible_date', 'detail': len(list_filter(all_timings, lambda t: t.begin is null))::varchar}
            end,
            intake_unread('slots', timings, json_type(try_cast(timings as json)) in ('ARRAY', 'NULL')),
            intake_unread(
                'keywords', keywords_fr ->> '$', json_type(keywords_fr) in ('ARRAY', 'VARCHAR', 'NULL')
            ),
            intake_unread('attendance_mode', given_mode, intake_mode(given_mode) is not null),
            intake_unread('status', given_status, intake_status(given_status) is not null),
            intake_unread_point(
                case when point is null and location_coordinates <> 'null' then location_coordinates ->> '$' end,
                intake_json_lat(location_coordinates),
                intake_json_lon(location_coordinates)
            ),
            intake_unread('registration_url', registration, json_type(try_cast(registration as json)) in ('ARRAY', 'NULL')),
            intake_unlinked(
                nullif(array_to_string(registration_links, ' '), ''),
                list_filter(registration_links, lambda r: intake_link(r) is not null)[1]
            ),
            intake_unread('accessibility', intake_accessibility_rest(accessibility), false),
            intake_unread('age_min', age_min, intake_age(age_min) is not null),
            intake_unread('age_max', age_max, intake_age(age_max) is not null),
            intake_unread('updated_at', updatedat, intake_instant(updatedat) is not null),
        ]) as notes,
    from clocked
)

from intake_shape
union all by name
from taken
$incoming$;
