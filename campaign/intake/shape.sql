-- From intake_incoming to intake_shaped: the same rows, cleaned, with what was wrong about each.

create or replace temp table intake_shaped as
with plain as (
    select
        * replace (
            intake_plain(title) as title,
            intake_tidy(intake_plain(description)) as description,
            intake_tidy(intake_plain(conditions)) as conditions,
            intake_plain(venue) as venue,
            intake_plain(address) as address,
            intake_plain(type_label) as type_label,
            intake_labels(theme_labels) as theme_labels,
            intake_labels(keywords) as keywords,
            intake_labels(organiser_labels) as organiser_labels,
            intake_trim(url) as url,
            intake_trim(registration_url) as registration_url,
            intake_trim(online_url) as online_url,
        ),
    from intake_incoming
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
    from plain
),

lined as (
    select
        * replace (
            intake_line(title) as title,
            intake_line(venue) as venue,
            intake_line(address) as address,
            intake_line(type_label) as type_label,
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
    from trimmed
),

judged as (
    select
        * exclude (url, registration_url, online_url, web_url, web_registration_url, web_online_url, all_text),
        intake_is_personal(all_text) as is_personal,
        coalesce(status, 'scheduled') <> 'cancelled' and intake_is_cancelled_title(title) as is_cancelled_in_title,
        web_url as url,
        web_registration_url as registration_url,
        web_online_url as online_url,
        (url is not null and web_url is null)
        or (registration_url is not null and web_registration_url is null)
        or (online_url is not null and web_online_url is null) as is_link_dropped,
    from lined
)

select
    * replace (case when is_cancelled_in_title then 'cancelled' else status end as status),
    case
        when title is null then 'title_missing'
        when len(checked.timings) > 0 then null
        when date_text is not null then 'date_unreadable'
        when edition_hint is null then 'date_missing'
    end as reject,
from judged;

-- Few rows hold an address or a number: they are written again.
update intake_shaped
set
    title = intake_scrubbed(title),
    description = intake_scrubbed(description),
    conditions = intake_scrubbed(conditions),
    venue = intake_scrubbed(venue),
    address = intake_scrubbed(address),
    type_label = intake_scrubbed(type_label),
    theme_labels = list_transform(theme_labels, lambda x: intake_scrubbed(x)),
    keywords = list_transform(keywords, lambda x: intake_scrubbed(x)),
    organiser_labels = list_transform(organiser_labels, lambda x: intake_scrubbed(x))
where is_personal;
