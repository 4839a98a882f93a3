-- From the query intake_numbered (intake_incoming of one file or several, each with its number) to intake_shaped: the same rows, cleaned,
-- with what was wrong about each.

create or replace temp table intake_shaped as
-- Step by step what intake_plain does at once: a macro within a macro is planned as often as its argument stands in it. Planning
-- takes longer than a small file's rows: what is done to several columns is said once, of a list of them. Most rows hold nothing to clean:
-- each is looked at as one text, once, and only the others' texts are cleaned, as lists. What takes long stands in a « case »: of a
-- column that is an « and » or an « or » both sides are worked out for every row.
with joined as (
    select
        *,
        case
            when coalesce(url, registration_url, online_url) is not null then concat_ws('|', url, registration_url, online_url)
        end as given_links,
    from query(getvariable('intake_numbered'))
),

-- All is looked for at once, in one text: what is to be cleaned, and what a person could be reached by.
looked_through as (
    select
        *,
        concat_ws(
            '|', '',
            title, description, conditions, venue, address, type_label,
            case when len(keywords) > 0 then array_to_string(keywords, '|') end,
            case when len(organiser_labels) > 0 then array_to_string(organiser_labels, '|') end,
            case when len(theme_labels) > 0 then array_to_string(theme_labels, '|') end,
            postcode, city, commune_code, departement_label, region_label, country_code, given_links, ''
        ) as given_whole,
        not regexp_matches(given_whole, intake_uncleaned() || '|[@+]|' || intake_called()) as is_plain,
        case when is_plain then true else not regexp_matches(given_whole, intake_uncleaned()) end as is_clean,
    from joined
),

listed as (
    select
        *,
        case
            when not is_clean then false
            when given_links is null then true
            when length(given_links) > intake_longest_link() then false
            else regexp_matches(given_links, '^(?:https?://[^\s<>"@|]+(?:\||$))*$')
        end as has_clean_links,
        case
            when not is_clean
                then [
                    title, description, conditions, venue, address, type_label, postcode, city, departement_label, region_label
                ]
        end as texts,
        -- most rows hold neither a tag nor a reference: their texts are looked at once, not each of them three times
        not is_clean
        and (contains(array_to_string(texts, chr(31)), '<') or contains(array_to_string(texts, chr(31)), '&')) as has_markup,
    from looked_through
),

untagged as (
    select
        * replace (
            case when has_markup then list_transform(texts, lambda t: intake_untagged(t)) else texts end as texts,
        ),
        case
            when not is_clean then list_transform([theme_labels, keywords, organiser_labels], lambda labels: intake_labels(labels))
        end as labels,
        case when not has_clean_links then list_transform([url, registration_url, online_url], lambda t: intake_trim(t)) end as links,
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
        case
            when not is_clean
                then list_transform(
                    [texts[1], intake_tidy(texts[2]), intake_tidy(texts[3]), texts[4], texts[5], texts[6]], lambda t: intake_trim(t)
                )
        end as trims,
        case when not has_clean_links then list_transform(links, lambda t: intake_link(t)) end as web_links,
    from plain
),

lines as (
    select
        *,
        case
            when not is_clean
                then list_transform(
                    [trims[1], trims[4], trims[5], trims[6], texts[7], texts[8], texts[9], texts[10]], lambda t: intake_line(t)
                )
        end as lines,
    from trimmed
),

named as (
    select
        * exclude (texts, has_markup, labels, links, trims, web_links, lines, given_links)
        replace (
            case when is_clean then title else lines[1] end as title,
            case when is_clean then description else trims[2] end as description,
            case when is_clean then conditions else trims[3] end as conditions,
            case when is_clean then venue else lines[2] end as venue,
            case when is_clean then address else lines[3] end as address,
            case when is_clean then type_label else lines[4] end as type_label,
            case when is_clean then postcode else lines[5] end as postcode,
            case when is_clean then city else lines[6] end as city,
            case when is_clean then departement_label else lines[7] end as departement_label,
            case when is_clean then region_label else lines[8] end as region_label,
            case when is_clean then coalesce(theme_labels, []) else labels[1] end as theme_labels,
            case when is_clean then coalesce(keywords, []) else labels[2] end as keywords,
            case when is_clean then coalesce(organiser_labels, []) else labels[3] end as organiser_labels,
            case when has_clean_links then url else links[1] end as url,
            case when has_clean_links then registration_url else links[2] end as registration_url,
            case when has_clean_links then online_url else links[3] end as online_url,
        ),
        case when has_clean_links then url else web_links[1] end as web_url,
        case when has_clean_links then registration_url else web_links[2] end as web_registration_url,
        case when has_clean_links then online_url else web_links[3] end as web_online_url,
    from lines
),

lined as (
    select
        * exclude (given_whole),
        -- of a row that holds nothing to look for no text is made a second time
        case
            when not is_plain
                then intake_all_text(
                    title, description, conditions, venue, address, type_label, keywords, organiser_labels, theme_labels
                )
        end as all_text,
        case
            when not is_clean then concat_ws(' | ', postcode, city, commune_code, departement_label, region_label, country_code)
        end as place_text,
        case when is_clean then length(given_whole) else length(all_text) + length(place_text) end as n_letters,
        intake_may_say_nothing(
            concat_ws(
                chr(31),
                '',
                venue,
                address,
                postcode,
                commune_code,
                departement_label,
                region_label,
                case when len(organiser_labels) > 0 then array_to_string(organiser_labels, chr(31)) end
            )
        ) as may_say_nothing,
    from named
),

looked_at as (
    select
        *,
        case when is_clean then false else regexp_matches(all_text || place_text, intake_uneven()) end as has_unseen,
        case when has_unseen then intake_visible(all_text) else all_text end as visible_text,
        case when has_unseen then trim(intake_tags(intake_visible(title))) else title end as visible_title,
        case
            when may_say_nothing
                then list_transform(
                    [venue, address, postcode, commune_code, departement_label, region_label],
                    lambda t: case when not (intake_says_nothing(t) or intake_is_to_come(t)) then t end
                )
        end as telling,
        -- what is shorter than a line as a whole has no part that is longer
        case
            when n_letters <= intake_longest_line() then false
            else coalesce(
                greatest(length(title), length(venue), length(address), length(type_label)) > intake_longest_line()
                or greatest(length(description), length(conditions)) > intake_longest_text()
                or list_max(list_transform(flatten([theme_labels, keywords, organiser_labels]), lambda x: length(x)))
                > intake_longest_line()
                or greatest(len(theme_labels), len(keywords), len(organiser_labels)) > intake_most_labels()
                or greatest(
                    length(postcode), length(city), length(commune_code), length(departement_label), length(region_label),
                    length(country_code)
                ) > intake_longest_line(),
                false
            )
        end as is_cut,
    from lined
),

judged as (
    select
        * exclude (
            url, registration_url, online_url, web_url, web_registration_url, web_online_url, all_text, place_text,
            visible_text, n_letters, telling, may_say_nothing, is_clean, is_plain, has_clean_links
        )
        replace (
            -- a portal that says the mode is believed; « En ligne » in place of a town says it where nothing else does
            case
                when attendance_mode is null and (intake_is_online_place(city) or (city is null and intake_is_online_place(address)))
                    then 'online'
                when attendance_mode is null and city is null and intake_is_online_place(venue) then 'online'
                else attendance_mode
            end as attendance_mode,
            case when may_say_nothing then telling[1] else venue end as venue,
            case when may_say_nothing then telling[2] else address end as address,
            case
                when may_say_nothing
                    then list_filter(
                        organiser_labels,
                        lambda label: not (intake_says_nothing(label) or intake_is_to_come(label) or intake_is_address_alone(label))
                    )
                else organiser_labels
            end as organiser_labels,
            case
                when may_say_nothing
                    then list_concat(
                        notes,
                        list_transform(
                            list_filter(organiser_labels, lambda label: intake_is_address_alone(label)),
                            lambda label: {'kind': 'value_not_understood', 'detail': 'organiser: ' || label}
                        )
                    )
                else notes
            end as notes,
            -- « N/A » is no postcode; of towns it cannot be told: Aucun is one
            case when may_say_nothing then telling[3] else postcode end as postcode,
            case when may_say_nothing then telling[4] else commune_code end as commune_code,
            case when may_say_nothing then telling[5] else departement_label end as departement_label,
            case when may_say_nothing then telling[6] else region_label end as region_label,
        ),
        case when is_plain then false else intake_is_personal(visible_text) end as is_personal,
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
