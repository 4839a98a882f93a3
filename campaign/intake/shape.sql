-- From the query intake_numbered (intake_incoming of one file or several, each with its number) to intake_shaped: the same rows, cleaned,
-- with what was wrong about each.

create or replace temp table intake_shaped as
-- Step by step what intake_plain does at once: a macro within a macro is planned as often as its argument stands in it. Planning
-- takes longer than a small file's rows: what is done to several columns is said once, of a list of them.
with listed as (
    select
        *,
        [
            title, description, conditions, venue, address, type_label, postcode, city, departement_label, region_label
        ] as texts,
        -- most rows hold neither a tag nor a reference: their texts are looked at once, not each of them three times
        contains(array_to_string(texts, chr(31)), '<') or contains(array_to_string(texts, chr(31)), '&') as has_markup,
    from query(getvariable('intake_numbered'))
),

untagged as (
    select
        * replace (
            case when has_markup then list_transform(texts, lambda t: intake_untagged(t)) else texts end as texts,
        ),
        case
            when
                intake_is_clean(
                    chr(31)
                    || concat_ws(
                        chr(31),
                        'first',  -- two separators side by side are an empty label
                        case when len(theme_labels) > 0 then array_to_string(theme_labels, chr(31)) end,
                        case when len(keywords) > 0 then array_to_string(keywords, chr(31)) end,
                        case when len(organiser_labels) > 0 then array_to_string(organiser_labels, chr(31)) end
                    )
                    || chr(31)
                )
                then [coalesce(theme_labels, []), coalesce(keywords, []), coalesce(organiser_labels, [])]
            else list_transform([theme_labels, keywords, organiser_labels], lambda labels: intake_labels(labels))
        end as labels,
        list_transform([url, registration_url, online_url], lambda t: intake_trim(t)) as links,
    from listed
),

referred as (
    select * replace (case when has_markup then list_transform(texts, lambda t: intake_referred(t)) else texts end as texts)
    from untagged
),

plain as (
    select * replace (case when has_markup then list_transform(texts, lambda t: intake_untagged(t)) else texts end as texts)
    from referred
),

-- of a description and conditions the lines stay, of what says where the blanks until they are one line
trimmed as (
    select
        *,
        list_transform(
            [texts[1], intake_tidy(texts[2]), intake_tidy(texts[3]), texts[4], texts[5], texts[6]], lambda t: intake_trim(t)
        ) as trims,
        list_transform(links, lambda t: intake_link(t)) as web_links,
    from plain
),

lines as (
    select
        *,
        list_transform(
            [trims[1], trims[4], trims[5], trims[6], texts[7], texts[8], texts[9], texts[10]], lambda t: intake_line(t)
        ) as lines,
    from trimmed
),

named as (
    select
        * exclude (texts, has_markup, labels, links, trims, web_links, lines)
        replace (
            lines[1] as title,
            trims[2] as description,
            trims[3] as conditions,
            lines[2] as venue,
            lines[3] as address,
            lines[4] as type_label,
            lines[5] as postcode,
            lines[6] as city,
            lines[7] as departement_label,
            lines[8] as region_label,
            labels[1] as theme_labels,
            labels[2] as keywords,
            labels[3] as organiser_labels,
            links[1] as url,
            links[2] as registration_url,
            links[3] as online_url,
        ),
        web_links[1] as web_url,
        web_links[2] as web_registration_url,
        web_links[3] as web_online_url,
    from lines
),

lined as (
    select
        *,
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
    from named
),

looked_at as (
    select
        *,
        regexp_matches(all_text || place_text, intake_uneven()) as has_unseen,
        case when has_unseen then intake_visible(all_text) else all_text end as visible_text,
        case when has_unseen then trim(intake_tags(intake_visible(title))) else title end as visible_title,
        case
            when
                intake_may_say_nothing(
                    concat_ws(chr(31), venue, address, postcode, commune_code, departement_label, region_label)
                )
                then list_transform(
                    [venue, address, postcode, commune_code, departement_label, region_label],
                    lambda t: case when not (intake_says_nothing(t) or intake_is_to_come(t)) then t end
                )
            else [venue, address, postcode, commune_code, departement_label, region_label]
        end as telling,
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
                when not intake_may_say_nothing(array_to_string(organiser_labels, chr(31))) then organiser_labels
                else list_filter(organiser_labels, lambda label: not (intake_says_nothing(label) or intake_is_to_come(label)))
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
