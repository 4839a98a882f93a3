-- Rows of a spreadsheet (intake_named, with intake_read_spans for their dates, intake_moments for other instants) as intake_incoming.
-- `given` holds the fields that have a column: most tables have few of them, and planning what is done to the others takes longer than
-- to read a small file. `has_repeated_uids` says whether an identifier comes back: rows are then held until all of them were seen.

-- Whether an age is the oldest: « - 25 ans », « < 12 ans ».
create or replace temp macro intake_is_age_below(t) as regexp_matches(t, '^\s*[-–−<]\s*\d');

-- « de 6 à 12 ans », « 6-12 », « à partir de 6 ans », « jusqu'à 12 ans », « 18+ », « tout public »; of « 12-6 » neither.
create or replace temp macro intake_ages(t) as
    list_transform(
        [
            regexp_extract(
                case when intake_is_age_below(t) then '' else intake_key(t) end,
                '^(?:de|des|entre|a partir de|plus de|min(?:imum)?)? ?(\d{1,3})(?: ?ans)?(?: (?:a|et|au)? ?(\d{1,3}))?(?: ?ans)?(?: et plus| ou plus| et| min(?:imum)?)?$',
                ['youngest', 'oldest']
            ),
        ],
        lambda ages: case
            when try_cast(ages.oldest as integer) < try_cast(ages.youngest as integer) then {'youngest': '', 'oldest': ''} else ages
        end
    )[1];

create or replace temp macro intake_oldest(t) as
    case
        when intake_is_age_below(t) then regexp_extract(intake_key(t), '^(\d{1,3})(?: ?ans)?$', 1)
        else regexp_extract(intake_key(t), '^(?:moins de|jusqu a|max(?:imum)?) ?(\d{1,3})(?: ?ans)?$', 1)
    end;

-- An instant at which something may have been written down: none to come, none of the first day of a computer's clock.
create or replace temp macro intake_past_moment(t) as
    list_transform(
        [t], lambda moment: case when try_cast(moment as timestamptz) between '2000-01-01' and now() + interval 1 day then moment end
    )[1];

create or replace temp macro intake_is_any_age(t) as
    regexp_full_match(intake_key(t), '(pour )?(tout|tous|toutes?)( (les )?(publics?|ages?))?|a tout age');

-- What a cell of statuses or states holds that says neither a status nor whether an event is published; and a status with a day or an
-- hour, « Reporté au 12/11 », which is not taken as the event's.
create or replace temp macro intake_unread_states(t) as
    nullif(
        array_to_string(
            list_filter(
                intake_split(t),
                lambda word: intake_status(word) is null
                and intake_published(word) is null
                and not regexp_full_match(word, '[012]|-[12]')
                or regexp_matches(
                    strip_accents(lower(word)),
                    '\d\s*[/.-]\s*\d|\d\s?h(?:\d|\b)|\d(?:er)?\s+(?:jan|fev|mars|avr|mai|jui|aou|sep|oct|nov|dec)|\b(?:le|au|du) (?:\w+di )?\d'
                )
            ),
            ' | '
        ),
        ''
    );

{# what may be told of as not understood #}
{% set parsed = (
    'attendance_mode', 'status', 'state', 'country', 'accessibility', 'age', 'age_min', 'age_max', 'created_at', 'updated_at', 'year',
    'registration_url', 'lat', 'lon', 'position', 'partners'
) %}
set variable intake_incoming = $incoming$
with beside as (
    select
        *,
        case
            when intake_may_be_online(venue) or intake_may_be_online(city)
                then [intake_place_beside_online(venue), intake_place_beside_online(city)]
        end as places_beside,
    from intake_named
),

named as (
    select
        * replace (
            case when places_beside[1] is not null then intake_named_place(places_beside[1]) else venue end as venue,
            case when places_beside[2] is not null then intake_named_place(places_beside[2]) else city end as city
        ),
    from beside
),

{% if 'venue' in given or 'address' in given and not given.intersection(('city', 'postcode', 'commune_code')) %}
alone as (
    select
        *,
        postcode is null and city is null and commune_code is null as is_town_missing,
        is_town_missing and venue is not null and address is null as is_one_text,
        case when is_town_missing then intake_trim(coalesce(address, venue)) end as place,
        case when place is not null then intake_parts_of_place(place) end as parts,
    from named
),

-- The parts that are no country, région or département: « Saint-Brieuc, Bretagne, France ».
at_home as (
    select
        *,
        intake_country(parts[-1]) as last_country,
        case
            when not regexp_matches(place, '\b\d{5}\b|^(?i)https?://')
                then list_filter(
                    parts,
                    lambda part: (intake_country(part) is null or length(part) = 2)
                    and not list_contains(getvariable('intake_territories'), intake_key(part))
                )
        end as parts_at_home,
    from alone
),

-- Step by step: what stands for a column of the same step is planned wherever it is said.
firsts as (
    select
        *,
        -- « Lycée Victor Hugo de Poitiers »: behind a name, a town only if it is a large one
        regexp_extract(
            parts_at_home[1],
            '^(?i:lyc[ée]e|coll[èe]ge|[ée]cole|universit[ée]|campus|biblioth[èe]que|m[ée]diath[èe]que|mjc) .* (?:de |d[''’])([A-ZÉ][^,;]*)$',
            1
        ) as name_behind,
        intake_bare_town(parts_at_home[1]) as bare_first,
    from at_home
),

known_firsts as (
    select
        *,
        list_contains(
            getvariable('intake_large_towns'), intake_key(coalesce(nullif(name_behind, ''), parts_at_home[1]))
        ) as is_large_first,
        is_large_first or list_contains(getvariable('intake_towns'), intake_key(bare_first)) as is_known_first,
    from firsts
),

-- A place that is one text holds its town where no other column gives one: the last part that may be it. A whole text that
-- begins with an article is left to be a building: « Le Port », « La Chapelle ».
towns as (
    select
        *,
        -- where there are parts: patterns within a lambda are made for each batch of rows, also of empty lists
        case
            when len(parts_at_home) > 0
                then list_filter(
                    case
                        when len(parts_at_home) = 1 and (is_one_text or is_known_first or regexp_matches(place, '\(\d[\dAB]\d?\)$|^\D+ \d+ ?[eè]\D*$'))
                            then parts_at_home
                        else parts_at_home[2:]
                    end,
                    lambda part: intake_may_be_town(part)
                )[-1]
        end as part_of_town,
        -- where no other part may be a town, the first: « Rennes - Maison Bleue », « À Quimper (29), place Saint-Corentin »
        case
            when len(parts_at_home) > if(is_one_text, 0, 1)
                and (is_large_first or not regexp_matches(parts_at_home[1], '(?i)^l(?:[ea]s?\s|[''’])'))
                and intake_may_be_town(bare_first)
                then bare_first
            when is_large_first and name_behind <> '' then name_behind
            -- an address that is a town alone: « Caen »
            when len(parts_at_home) = 1 and list_contains(getvariable('intake_towns'), intake_key(parts_at_home[1]))
                then parts_at_home[1]
        end as first_of_town,
        -- « Saint-Brieuc - Yffiniac », « Salle des fêtes, Nantes - Rezé »: a town before the last part
        case
            when len(parts_at_home) > 1
                then list_filter(
                    parts_at_home[:-2], lambda part: list_contains(getvariable('intake_towns'), intake_key(part))
                )[1]
        end as town_before,
        case
            -- « Départ : Rennes, arrivée : Redon »: the gazetteer knows that they are two
            when contains(place, 'rriv') and regexp_matches(place, '(?i)(?:^|\W)arriv[ée]e(?:$|\W)') then place
            when
                len(parts_at_home) <> 1
                or not regexp_matches(place, '(?i)^(?:l[ea]s?\s|l[''’]|aux?\s|[àa]\s|dans\s)')
                or is_large_first
                then case
                    -- « Le Havre - Le Volcan »: the gazetteer knows whether the other is a town too
                    when is_large_first and part_of_town <> first_of_town
                        then first_of_town || ', ' || part_of_town
                    when intake_key(town_before) <> intake_key(part_of_town) then town_before || ', ' || part_of_town
                    else coalesce(part_of_town, first_of_town)
                end
        end as town_of_place,
    from known_firsts
),

placed as (
    select
        * exclude (is_town_missing, is_one_text, place, parts, parts_at_home, name_behind, is_large_first, is_known_first, bare_first, part_of_town, first_of_town, town_before, town_of_place, last_country)
        replace (
            case
                when is_one_text and regexp_matches(venue, '^\s*\d') then null
                when len(parts) > 1 and (part_of_town is not null or regexp_matches(venue, '\b\d{5}\b')) then parts[1]
                when len(parts) > 1 and town_of_place is not null then parts[2]
                else venue
            end as venue,
            case
                when is_one_text and (regexp_matches(venue, '\d') or (len(parts) > 1 and town_of_place is not null)) then venue
                else address
            end as address,
            case when is_town_missing then town_of_place else city end as city,
            case
                when is_town_missing and country is null and length(parts[-1]) > 2 and last_country is not null then parts[-1]
                else country
            end as country
        ),
    from towns
),
{% else %}
placed as (from named),
{% endif %}

understood as (
    select
        n.*,
        s.* exclude (slots, begins, begins_hour, ends, ends_hour, duration, year, month, notes)
        replace (case when s.checked is null then n.begins else s.date_text end as date_text),
        s.notes as date_notes,
        intake_country(n.country) as country_code,
        intake_mode(intake_option(n.attendance_mode)) as mode,
        intake_option(n.status) as given_status,
        {% if 'lat' in given %}
        -- both may stand in the cell of one of them
        intake_position(coalesce(n.position, case when n.lat is null or n.lon is null or n.lat = n.lon then coalesce(n.lat, n.lon) end)) as point,
        {% elif 'position' in given %}
        intake_position(n.position) as point,
        {% else %}
        {'lat': null::varchar, 'lon': null::varchar} as point,
        {% endif %}
        {% if 'age' in given %}
        intake_ages(n.age) as ages,
        {% else %}
        {'youngest': null::varchar, 'oldest': null::varchar} as ages,
        {% endif %}
        {% if 'registration_url' in given %}
        case
            when n.registration_url is not null
                then list_filter(string_split_regex(n.registration_url, '[\s|,;]+'), lambda x: intake_link(x) is not null)[1]
        end as registration_link,
        {% else %}
        null::varchar as registration_link,
        {% endif %}
        {% for field, moment in (('created_at', 'created'), ('updated_at', 'updated')) %}
        {% if field in given %}
        case when n.{{ field }} is not null then intake_past_moment(coalesce(intake_moment(n.{{ field }}), {{ moment }}.moment)) end as {{ moment }}_moment,
        {% else %}
        null::varchar as {{ moment }}_moment,
        {% endif %}
        {% endfor %}
    from placed as n
    -- dates that nobody read leave a row that is rejected, not one that is missing
    left join intake_read_spans as s
        on
            n.begins is not distinct from s.begins
            {% for field in ('slots', 'begins_hour', 'ends', 'ends_hour', 'duration', 'year', 'month') %}
            {% if field in given %}
            and n.{{ field }} is not distinct from s.{{ field }}
            {% endif %}
            {% endfor %}
    {% if 'created_at' in given %}
    left join intake_moments as created on created.said = n.created_at
    {% endif %}
    {% if 'updated_at' in given %}
    left join intake_moments as updated on updated.said = n.updated_at
    {% endif %}
),

{% if has_repeated_uids %}
-- An identifier that comes back, beside one title: each row is a session of the event. Beside several, of other days: an error of who
-- wrote it, or the number of something else; none of the events is lost. Versions of one event have moments at which they were changed.
repeated as materialized (
    select
        uid,
        count(*) as n_rows,
        min(lower(title)) <> max(lower(title)) and min(date_text) <> max(date_text) as is_of_several,
        min(lower(title)) = max(lower(title)) and count(distinct updated_at) < 2 and bool_and(len(checked.timings) > 0) as is_of_sessions,
        {
            'timings': list_sort(list_distinct(flatten(list(checked.timings)))),
            'n_impossible': sum(checked.n_impossible)::bigint,
            'n_reversed': sum(checked.n_reversed)::bigint,
            'n_unreadable_ends': sum(checked.n_unreadable_ends)::bigint,
        } as all_checked,
    from understood
    where uid in (select n.uid from intake_named as n where n.uid is not null group by n.uid having count(*) > 1)
    group by uid
),

identified as (
    select
        u.* exclude (uid, checked, notes),
        case when r.is_of_several then null else u.uid end as uid,
        case when r.is_of_sessions then r.all_checked else u.checked end as checked,
        case when r.is_of_several then list_append(u.notes, {'kind': 'uid_repeated', 'detail': r.n_rows::varchar}) else u.notes end as notes,
    from understood as u
    left join repeated as r on r.uid = u.uid
),
{% else %}
identified as (from understood),
{% endif %}

-- What is said of several cells is planned once for all of them.
numbered as (
    select
        *,
        {% if given.intersection(('position', 'lat', 'lon')) %}
        case
            when position is null and regexp_full_match(lat || ' ' || lon, '-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?')
                then [try_cast(lat as double), try_cast(lon as double)]
            when coalesce(lat, lon, position) is not null
                then list_transform([lat, lon, point.lat, point.lon], lambda t: intake_decimal(t))
        end as decimals,
        {% else %}
        null::double[] as decimals,
        {% endif %}
        {% if given.intersection(('status', 'state')) %}
        case
            when coalesce(given_status, state) is not null
                then list_transform([given_status, state], lambda t: intake_unread_states(t))
        end as unread_states,
        {% else %}
        null::varchar[] as unread_states,
        {% endif %}
    from identified
),

-- Most rows give nothing that is not understood: findings are made of those that may.
weighed as (
    select
        *,
        (lat is not null and decimals[1] is null and decimals[3] is null)
        or (lon is not null and decimals[2] is null and decimals[4] is null)
        or (position is not null and decimals[3] is null) as is_point_unread,
        is_point_unread
        or coalesce(
            case when mode is null then attendance_mode end,
            unread_states[1],
            unread_states[2],
            case when country_code is null then country end,
            accessibility,
            age,
            age_min,
            age_max,
            case when created_moment is null then created_at end,
            case when updated_moment is null then updated_at end,
            case when has_one_year then null else year end,
            {% if 'partners' in given %}case when organiser is null or intake_says_nothing(organiser) then partners end,{% endif %}
            case when registration_link is null then registration_url end
        ) is not null as may_be_unread,
    from numbered
),

taken as (
    select
        n.line,
        n.uid as source_uid,
        coalesce(
            case when regexp_full_match(n.state, '-?\d') then n.state = '2' end,
            intake_published(n.state),
            intake_published(n.given_status),
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
            when n.partners is null {% if 'partners' in given %}or n.organiser is null or intake_says_nothing(n.organiser) {% endif %}then intake_split(n.organiser)
            else list_concat(intake_split(n.organiser), intake_split(n.partners))
        end as organiser_labels,
        coalesce(
            n.mode,
            case
                when coalesce(n.places_beside[1], n.places_beside[2]) is not null then 'mixed'
                when intake_is_online_link(n.venue) then 'online'
                {% if 'address' in given %}
                when
                    n.city is null and n.postcode is null
                    and regexp_matches(n.address, '(?i)^\s*https?://\S*(?:zoom|meet|teams|jit\.?si|visio|webin|youtu|twitch|whereby|bbb|bigbluebutton)')
                    then 'online'
                {% endif %}
                -- a list of more than a few values after « in » is a table, which all rows are joined with
                when
                    list_contains(
                        ['en ligne', 'visio', 'en visio', 'visioconférence', 'webinaire', 'à distance', 'online'], lower(trim(n.venue))
                    )
                    then 'online'
            end
        ) as attendance_mode,
        coalesce(
            intake_status(n.given_status), case when not regexp_full_match(n.state, '-?\d') then intake_status(n.state) end
        ) as status,
        n.checked,
        n.date_text,
        n.timezone,
        n.venue,
        n.address,
        case
            when length(n.postcode) = 5 and not (contains(n.postcode, '.') or contains(n.postcode, ',')) then n.postcode
            when regexp_full_match(n.postcode, '\d{4}(?:[.,]0+)?') and n.country_code = 'FR' then '0' || left(n.postcode, 4)
            -- « 35.000 »; « F-35000 », « 35 000 », « 35000,00 »
            when regexp_full_match(n.postcode, '\d{1,2}[.,]\d{3}') then regexp_replace(n.postcode, '[.,]', '')
            else regexp_replace(
                regexp_replace(n.postcode, '^(\d+)[.,]0+$', '\1'),
                '(?i)^(?:(?:fr?[ -]|cp\s?:?\s?)\s?|[''’])?(\d{2})[\s\x{a0}\x{202f}-]?(\d{3})$', '\1\2'
            )
        end as postcode,
        n.city,
        n.commune_code,
        n.departement as departement_label,
        n.region as region_label,
        n.country_code,
        -- « 48,1 » is one of them, whatever both would be in one cell
        coalesce(n.decimals[1], case when n.position is not null or n.decimals[2] is null then n.decimals[3] end) as lat,
        coalesce(n.decimals[2], case when n.position is not null or n.decimals[1] is null then n.decimals[4] end) as lon,
        n.conditions,
        n.registration_link as registration_url,
        n.online_url,
        {% if 'accessibility' in given %}case when n.accessibility is null then [] else intake_accessibility(n.accessibility) end{% else %}[]::varchar[]{% endif %} as accessibility,
        coalesce(intake_age(n.age_min), intake_age(n.ages.youngest)) as age_min,
        coalesce(intake_age(n.age_max), intake_age(n.ages.oldest), intake_age(intake_oldest(n.age))) as age_max,
        n.created_moment as created_at,
        n.updated_moment as updated_at,
        case when n.has_year then n.year_read end as edition_hint,
        list_concat(
            list_concat(n.notes, n.date_notes),
            {% if given.intersection(parsed) %}
            case
                when n.may_be_unread
                    then intake_told([
                        case
                            when n.is_point_unread
                                then {'kind': 'coordinates_unreadable', 'detail': concat_ws(' ', n.lat, n.lon, n.position)}
                        end,
                        intake_unread('attendance_mode', n.attendance_mode, n.mode is not null),
                        {% if 'partners' in given %}
                        -- a partner organises nothing where nobody is said to organise
                        intake_unread('partners', n.partners, n.organiser is not null and not intake_says_nothing(n.organiser)),
                        {% endif %}
                        intake_unread('status', n.unread_states[1], false),
                        intake_unread('state', n.unread_states[2], false),
                        intake_unread('country', n.country, n.country_code is not null),
                        intake_unread('accessibility', n.accessibility, intake_accessibility_rest(n.accessibility) is null),
                        intake_unread(
                            'age',
                            n.age,
                            intake_is_any_age(n.age)
                            or intake_age(n.ages.youngest) is not null
                            and (n.ages.oldest = '' or intake_age(n.ages.oldest) is not null)
                            or intake_age(intake_oldest(n.age)) is not null
                        ),
                        intake_unread('age_min', n.age_min, intake_age(n.age_min) is not null),
                        intake_unread('age_max', n.age_max, intake_age(n.age_max) is not null),
                        intake_unread('created_at', n.created_at, n.created_moment is not null),
                        intake_unread('updated_at', n.updated_at, n.updated_moment is not null),
                        intake_unread('year', n.year, n.has_one_year),
                        intake_unlinked(n.registration_url, n.registration_link),
                    ])
                else []
            end
            {% else %}
            []
            {% endif %}
        ) as notes,
    from weighed as n
)

from intake_shape
union all by name
from taken
$incoming$;
