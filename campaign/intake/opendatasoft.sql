-- Opendatasoft records (dataset evenements-publics-openagenda) as intake_incoming.
-- There is no creation date and no organiser: the agenda of origin and the contributor are neither.

create or replace temp macro intake_list(j) as
    case json_type(j)
        when 'ARRAY' then json_transform(j, '["VARCHAR"]')
        when 'VARCHAR' then string_split_regex(json_extract_string(j, '$'), '\s*[,;|]\s*')
        else []
    end;

create or replace temp view intake_incoming as
with records as (
    select
        *,
        json_transform(
            case when json_valid(timings) then timings end::json, '[{"begin": "VARCHAR", "end": "VARCHAR"}]'
        ) as all_timings,
        case when json_valid(attendancemode) then attendancemode::json end as mode,
        case when json_valid(status) then status::json end as state,
        case when json_valid(registration) and json_type(registration) = 'ARRAY' then registration::json end as tools,
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
        intake_mode(coalesce(mode ->> 'id', attendancemode)) as attendance_mode,
        intake_status(coalesce(state ->> 'id', status)) as status,
        intake_checked(clocked_timings) as checked,
        known_timings[1].begins as date_text,
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
            try_cast(location_coordinates ->> 'lat' as double),
            try_cast(location_coordinates ->> 0 as double)
        ) as lat,
        coalesce(
            try_cast(point ->> 0 as double),
            try_cast(location_coordinates ->> 'lon' as double),
            try_cast(location_coordinates ->> 1 as double)
        ) as lon,
        conditions_fr as conditions,
        list_filter(
            list_transform(
                json_extract(tools, '$[*]'), lambda r: case when r ->> 'type' = 'link' then r ->> 'value' end
            ),
            lambda r: intake_link(r) is not null
        )[1] as registration_url,
        onlineaccesslink as online_url,
        intake_accessibility(accessibility) as accessibility,
        intake_age(age_min) as age_min,
        intake_age(age_max) as age_max,
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
