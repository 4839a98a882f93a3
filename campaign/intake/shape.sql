-- From intake_numbered (intake_incoming of one file or several, each with its number) to intake_shaped: the same rows, cleaned,
-- with what was wrong about each.

create or replace temp table intake_shaped as
-- Step by step what intake_plain does at once: a macro within a macro is planned as often as its argument stands in it.
with untagged as (
    select
        * replace (
            intake_untagged(title) as title,
            intake_untagged(description) as description,
            intake_untagged(conditions) as conditions,
            intake_untagged(venue) as venue,
            intake_untagged(address) as address,
            intake_untagged(type_label) as type_label,
            intake_untagged(postcode) as postcode,
            intake_untagged(city) as city,
            intake_untagged(departement_label) as departement_label,
            intake_untagged(region_label) as region_label,
            intake_labels(theme_labels) as theme_labels,
            intake_labels(keywords) as keywords,
            intake_labels(organiser_labels) as organiser_labels,
            intake_trim(url) as url,
            intake_trim(registration_url) as registration_url,
            intake_trim(online_url) as online_url,
        ),
    from intake_numbered
),

referred as (
    select
        * replace (
            intake_referred(title) as title,
            intake_referred(description) as description,
            intake_referred(conditions) as conditions,
            intake_referred(venue) as venue,
            intake_referred(address) as address,
            intake_referred(type_label) as type_label,
            intake_referred(postcode) as postcode,
            intake_referred(city) as city,
            intake_referred(departement_label) as departement_label,
            intake_referred(region_label) as region_label,
        ),
    from untagged
),

plain as (
    select
        * replace (
            intake_untagged(title) as title,
            intake_untagged(description) as description,
            intake_untagged(conditions) as conditions,
            intake_untagged(venue) as venue,
            intake_untagged(address) as address,
            intake_untagged(type_label) as type_label,
            intake_untagged(postcode) as postcode,
            intake_untagged(city) as city,
            intake_untagged(departement_label) as departement_label,
            intake_untagged(region_label) as region_label,
        ),
    from referred
),

tidied as (
    select
        * replace (
            intake_tidy(description) as description,
            intake_tidy(conditions) as conditions,
        ),
    from plain
),

trimmed as (
    select
        * replace (
            intake_trim(title) as title,
            intake_trim(description) as description,
            intake_trim(conditions) as conditions,
            intake_trim(venue) as venue,
            intake_trim(address) as address,
            intake_trim(type_label) as type_label,
        ),
        intake_link(url) as web_url,
        intake_link(registration_url) as web_registration_url,
        intake_link(online_url) as web_online_url,
    from tidied
),

lined as (
    select
        * replace (
            intake_line(title) as title,
            intake_line(venue) as venue,
            intake_line(address) as address,
            intake_line(type_label) as type_label,
            intake_line(postcode) as postcode,
            intake_line(city) as city,
            intake_line(departement_label) as departement_label,
            intake_line(region_label) as region_label,
        ),
        concat_ws(
            ' | ',
            title,
            description,
            conditions,
            venue,
            address,
            type_label,
            array_to_string(keywords, ' | '),
            array_to_string(organiser_labels, ' | '),
            array_to_string(theme_labels, ' | ')
        ) as all_text,
        concat_ws(' | ', postcode, city, commune_code, departement_label, region_label, country_code) as place_text,
    from trimmed
),

looked_at as (
    select
        *,
        regexp_matches(all_text || place_text, intake_uneven()) as has_unseen,
        case when has_unseen then intake_visible(all_text) else all_text end as visible_text,
        case when has_unseen then trim(intake_tags(intake_visible(title))) else title end as visible_title,
        list_transform(
            [venue, address, postcode, commune_code, departement_label, region_label],
            lambda t: case when not intake_says_nothing(t) then t end
        ) as telling,
        -- what is shorter than a line as a whole has no part that is longer
        coalesce(
            length(all_text) + length(place_text) > intake_longest_line()
            and (
                greatest(length(title), length(venue), length(address), length(type_label)) > intake_longest_line()
                or greatest(length(description), length(conditions)) > intake_longest_text()
                or list_max(list_transform(flatten([theme_labels, keywords, organiser_labels]), lambda x: length(x)))
                > intake_longest_line()
                or greatest(len(theme_labels), len(keywords), len(organiser_labels)) > intake_most_labels()
                or greatest(
                    length(postcode), length(city), length(commune_code), length(departement_label), length(region_label),
                    length(country_code)
                ) > intake_longest_line()
            ),
            false
        ) as is_cut,
    from lined
),

judged as (
    select
        * exclude (
            url, registration_url, online_url, web_url, web_registration_url, web_online_url, all_text, place_text,
            visible_text, telling
        )
        replace (
            -- a portal that says the mode is believed; « En ligne » in place of a town says it where nothing else does
            case
                when attendance_mode is null and (intake_is_online_place(city) or (city is null and intake_is_online_place(address)))
                    then 'online'
                when attendance_mode is null and city is null and intake_is_online_place(venue) then 'online'
                else attendance_mode
            end as attendance_mode,
            telling[1] as venue,
            telling[2] as address,
            case
                when len(organiser_labels) = 0 then organiser_labels
                else list_filter(organiser_labels, lambda label: not intake_says_nothing(label))
            end as organiser_labels,
            -- « N/A » is no postcode; of towns it cannot be told: Aucun is one
            telling[3] as postcode,
            telling[4] as commune_code,
            telling[5] as departement_label,
            telling[6] as region_label,
        ),
        intake_is_personal(visible_text) as is_personal,
        coalesce(status, 'scheduled') <> 'cancelled' and intake_is_cancelled_title(title) as is_cancelled_in_title,
        coalesce(status, 'scheduled') in ('scheduled', 'full') and intake_is_postponed_title(title) as is_postponed_in_title,
        web_url as url,
        web_registration_url as registration_url,
        web_online_url as online_url,
        (url is not null and web_url is null)
        or (registration_url is not null and web_registration_url is null)
        or (online_url is not null and web_online_url is null) as is_link_dropped,
    from looked_at
)

select
    * exclude (visible_title) replace (
        case when is_cancelled_in_title then 'cancelled' when is_postponed_in_title then 'postponed' else status end as status
    ),
    case
        when title is null or visible_title = '' then 'title_missing'
        when len(checked.timings) > 0 then null
        when date_text is not null then 'date_unreadable'
        when edition_hint is null then 'date_missing'
    end as reject,
from judged;

-- Few rows hold anything of what follows: they are written again. Without what cannot be seen, two halves may be a tag.
update intake_shaped
set
    title = nullif(trim(intake_tags(intake_visible(title))), ''),
    description = nullif(trim(intake_tags(intake_visible(description))), ''),
    conditions = nullif(trim(intake_tags(intake_visible(conditions))), ''),
    venue = nullif(trim(intake_tags(intake_visible(venue))), ''),
    address = nullif(trim(intake_tags(intake_visible(address))), ''),
    type_label = nullif(trim(intake_tags(intake_visible(type_label))), ''),
    postcode = nullif(trim(intake_tags(intake_visible(postcode))), ''),
    city = nullif(trim(intake_tags(intake_visible(city))), ''),
    commune_code = nullif(trim(intake_visible(commune_code)), ''),
    departement_label = nullif(trim(intake_tags(intake_visible(departement_label))), ''),
    region_label = nullif(trim(intake_tags(intake_visible(region_label))), ''),
    country_code = nullif(trim(intake_visible(country_code)), ''),
    theme_labels = list_filter(
        list_transform(theme_labels, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    ),
    keywords = list_filter(
        list_transform(keywords, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    ),
    organiser_labels = list_filter(
        list_transform(organiser_labels, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    )
where has_unseen;

update intake_shaped
set
    title = intake_scrubbed(title),
    description = intake_scrubbed(description),
    conditions = intake_scrubbed(conditions),
    venue = intake_scrubbed(venue),
    address = intake_scrubbed(address),
    type_label = intake_scrubbed(type_label),
    theme_labels = intake_scrubbed_labels(theme_labels),
    keywords = intake_scrubbed_labels(keywords),
    organiser_labels = intake_scrubbed_labels(organiser_labels)
where is_personal;

update intake_shaped
set
    title = left(title, intake_longest_line()),
    description = left(description, intake_longest_text()),
    conditions = left(conditions, intake_longest_text()),
    venue = left(venue, intake_longest_line()),
    address = left(address, intake_longest_line()),
    type_label = left(type_label, intake_longest_line()),
    postcode = left(postcode, intake_longest_line()),
    city = left(city, intake_longest_line()),
    commune_code = left(commune_code, intake_longest_line()),
    departement_label = left(departement_label, intake_longest_line()),
    region_label = left(region_label, intake_longest_line()),
    country_code = left(country_code, intake_longest_line()),
    theme_labels = list_transform(theme_labels[:intake_most_labels()], lambda x: left(x, intake_longest_line())),
    keywords = list_transform(keywords[:intake_most_labels()], lambda x: left(x, intake_longest_line())),
    organiser_labels = list_transform(organiser_labels[:intake_most_labels()], lambda x: left(x, intake_longest_line()))
where is_cut;
