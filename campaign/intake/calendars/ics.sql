-- Events of a calendar (intake_raw, made by ics.py) as intake_incoming. ORGANIZER and ATTENDEE are persons: left aside.
-- LOCATION is a text: « salle - adresse » as OpenAgenda writes it, « salle, rue, ville », a town alone, or a link.
set variable intake_incoming = $incoming$
with beside as (
    select
        * replace (coalesce(intake_place_beside_online(location), location) as location),
        intake_place_beside_online(location) is not null as is_mixed,
    from intake_raw
),

places as (
    select
        *,
        -- « La Cantine (12 rue Haute, Rennes, France) »
        nullif(
            trim(regexp_replace(replace(location, chr(10), ', '), '^([^()]+?)\s*\(([^()]*,[^()]*)\)\s*$', '\1, \2')), ''
        ) as place,
    from beside
),

split_places as (
    select
        *,
        coalesce(intake_is_online_link(place), false) as is_link,
        case
            when contains(place, ' - ') then trim(split_part(place, ' - ', 1))
            when contains(place, ',') then trim(split_part(place, ',', 1))
            else place
        end as venue,
        -- a town without its postcode: among the parts that are no country and no number
        case
            when not regexp_matches(place, '\b\d{5}\b')
                then list_filter(
                    intake_parts_of_place(place),
                    lambda part: not regexp_matches(regexp_replace(part, '\s*\((?:\d[\dAB]|97\d)\)$', ''), '\d')
                    and lower(part) not in ('france', 'fr')
                )
        end as towns,
    from places
),

parted_places as (
    select
        *,
        list_filter(towns, lambda part: not list_contains(getvariable('intake_territories'), intake_key(part))) as at_home,
        list_transform([towns[1], towns[-1]], lambda part: intake_bare_town(part)) as bare_towns,
    from split_places
),

-- « Saint-Denis, La Réunion »: the territory says which town of that name it is
named_towns as (
    select
        * exclude (towns, at_home, bare_towns),
        case
            -- « Départ : Rennes, arrivée : Redon »: the gazetteer knows that they are two
            when contains(place, 'rriv') and regexp_matches(place, '(?i)(?:^|\W)arriv[ée]e(?:$|\W)') then place
            when len(at_home) between 1 and len(towns) - 1
                then coalesce(list_filter(at_home, lambda part: intake_may_be_town(part))[-1], at_home[-1])
                || ' (' || list_filter(towns, lambda part: not list_contains(at_home, part))[1] || ')'
            -- « Rennes (Villejean) », « Le Bocal (Quimper) »: the gazetteer knows which of them is a town
            when ends_with(place, ')') and len(towns) > 1 then towns[-2] || ', ' || towns[-1]
            else nullif(
                coalesce(
                    list_filter(towns, lambda part: intake_may_be_town(part))[-1],
                    nullif(bare_towns[1], towns[1]),
                    bare_towns[2]
                ),
                ''
            )
        end as town,
    from parted_places
)

select * from (
    from intake_shape
    union all by name
    select
        line,
        intake_trim(source_uid) as source_uid,
        upper(coalesce(visibility, 'PUBLIC')) not in ('PRIVATE', 'CONFIDENTIAL') as is_published,
        title,
        description,
        url,
        keywords,
        case
            when is_mixed then 'mixed'
            when is_link then 'online'
            when intake_is_online_place(place) then 'online'
        end as attendance_mode,
        intake_status(status) as status,
        intake_checked(intake_clocked(list_sort(list_distinct(timings)))) as checked,
        timings[1].begins as date_text,
        timezone,
        case when not is_link then venue end as venue,
        case when not is_link then place end as address,
        nullif(regexp_extract(place, '\b((?:0[1-9]|[1-8]\d|9[0-8])\d{3})\b', 1), '') as postcode,
        town as city,
        lat,
        lon,
        case when is_link then location end as online_url,
        intake_instant(created_at) as created_at,
        intake_instant(updated_at) as updated_at,
        list_concat(
            notes,
            intake_told([
                intake_unread('status', status, intake_status(status) is not null or upper(status) = 'TENTATIVE'),
                intake_unread('state', visibility, upper(visibility) in ('PUBLIC', 'PRIVATE', 'CONFIDENTIAL')),
                intake_unread('created_at', created_at, intake_instant(created_at) is not null),
                intake_unread('updated_at', updated_at, intake_instant(updated_at) is not null),
            ])
        ) as notes,
    from named_towns
)
$incoming$;
