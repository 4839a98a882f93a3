-- From staged records and their places to events as they will stand in the file.
-- Input: staged_records, record_types, place_records, located_places, build_options (one row per part).
-- Output: incoming; keyed_records and session_rows, which hold its sessions.

-- Labels are few: each list of them is made into slugs once.
create or replace temp table theme_lists as
select
    theme_labels,
    list_sort(list_distinct(list_filter(list_transform(theme_labels, lambda x: slug(x)), lambda x: x <> ''))) as themes,
    array_to_string(theme_labels, chr(30)) as as_text,
    searchable(array_to_string(theme_labels, ' ')) as search_text,
from (select distinct theme_labels from staged_records);

create or replace temp table organiser_lists as
select
    row_number() over () as organiser_list_id,
    organiser_labels,
    array_to_string(organiser_labels, chr(30)) as as_text,
    nullif(slug(organiser_labels[1]), '') as lead_organiser_id,
    searchable(organiser_labels[1]) as search_text,
from (select distinct organiser_labels from staged_records);

-- The territory of a place, where territories have days of their own (campaign/publish/territories.py); none without a place.
create or replace temp table place_territories as
select
    p.place_id,
    coalesce(t.territory, rest.territory) as territory,
from located_places as p
left join territory_places as t
    on t.place_code = case
        when p.is_abroad then 'abroad'
        else coalesce(p.collectivity_code, p.departement_code)
    end
left join territory_places as rest on rest.place_code = 'rest' and p.departement_code is not null
where exists (from territory_days) and coalesce(t.territory, rest.territory) is not null;

-- Who each record is, its place, where its clock is. A status « moved online » is an online event, whatever its mode said before.
-- What is made of sessions is made once for all records that have the same ones, on the same clock, in the same territory.
create or replace temp table keyed_records as
with clocked as (
    select
        r.record_id,
        r.part,
        r.file,
        r.edition_hint,
        coalesce(
            r.source_uid,
            md5(concat_ws(
                chr(31), searchable(r.title), r.timings[1].begins, searchable(coalesce(r.city, '')), searchable(coalesce(r.venue, ''))
            ))
        ) as key_in_source,
        substr(md5(coalesce(o.source, r.origin) || chr(31) || key_in_source), 1, 16) as event_id,
        l.place_id,
        t.territory,
        coalesce(
            z.timezone,
            beyond.timezone,
            case when r.timezone in (select name from pg_timezone_names()) then r.timezone end,
            'Europe/Paris'
        ) as zone,
        r.timings,
    from staged_records as r
    inner join build_options as o using (part)
    left join place_records as l using (record_id)
    left join located_places as p on p.place_id = l.place_id
    left join place_territories as t on t.place_id = l.place_id
    left join departements as z on z.departement_code = p.departement_code
    left join collectivity_clocks as beyond on beyond.country_code = p.collectivity_code
)

select
    * exclude (timings),
    hash(timings, zone, territory) as sessions_id,
from clocked;

create or replace temp table session_lists as
select
    k.sessions_id,
    k.zone,
    k.territory,
    r.timings,
from (
    select
        sessions_id,
        min(record_id) as record_id,
    from keyed_records
    group by sessions_id
) as f
inner join keyed_records as k using (record_id)
inner join staged_records as r using (record_id);

-- Sessions: instants, and local days. A date alone is a whole day; its end is inclusive.
-- A zone that is a constant is several times faster than one that is a column.
create or replace temp macro local_instant(zone, local) as
    case when zone = 'Europe/Paris' then timezone('Europe/Paris', local) else timezone(zone, local) end;

create or replace temp macro local_time(zone, instant) as
    case when zone = 'Europe/Paris' then timezone('Europe/Paris', instant) else timezone(zone, instant) end;

create or replace temp macro local_day(zone, instant) as
    case when zone = 'Europe/Paris' then timezone('Europe/Paris', instant)::date else timezone(zone, instant)::date end;

create or replace temp macro instant_of(zone, said) as
    case
        when length(said) <= 16 then local_instant(zone, try_cast(said as timestamp))
        when regexp_matches(said, 'T.*([+-]\d{2}:?\d{2}|[+-]\d{2}|Z)$') then try_cast(said as timestamptz)
        else local_instant(zone, try_cast(said as timestamp))
    end;

create or replace temp table session_rows as
with timings as (
    select
        sessions_id,
        zone,
        len(timings) as n_timings,
        unnest(timings, recursive := true),
    from session_lists
),

parsed as (
    select
        sessions_id,
        zone,
        n_timings,
        length(begins) = 10 as is_all_day,
        instant_of(zone, begins) as begins_at,
        case
            when ends is null and length(begins) = 10 then local_instant(zone, try_cast(begins as timestamp) + interval 1 day)
            when length(ends) = 10 then local_instant(zone, try_cast(ends as timestamp) + interval 1 day)
            else instant_of(zone, ends)
        end as ends_at,
    from timings
),

days as (
    select
        sessions_id,
        n_timings,
        is_all_day,
        begins_at,
        case when ends_at >= begins_at then ends_at end as ends_at,
        local_day(zone, begins_at) as begins_on,
        case when ends_at > begins_at then local_day(zone, ends_at - interval 1 microsecond) end as last_on,
    from parsed
    where begins_at is not null
)

select
    sessions_id,
    n_timings,
    is_all_day,
    begins_at,
    ends_at,
    begins_on,
    coalesce(last_on, begins_on) as ends_on,
from days
where n_timings = 1
union all
-- the same session said twice is one
select distinct
    sessions_id,
    n_timings,
    is_all_day,
    begins_at,
    ends_at,
    begins_on,
    coalesce(last_on, begins_on),
from days
where n_timings > 1;

-- One row per list that has a session. `session_key` changes when any session does.
create or replace temp table session_days as
select
    sessions_id,
    begins_at as starts_at,
    coalesce(ends_at, begins_at) as ends_at,
    1 as n_sessions,
    [{'begins_on': begins_on, 'ends_on': ends_on}] as session_spans,
    ends_at is not null as has_end,
    case
        when begins_on = ends_on then [begins_on]
        else list_transform(generate_series(begins_on, ends_on, interval 1 day), lambda d: d::date)
    end as days,
    concat_ws('-', epoch_us(begins_at), epoch_us(ends_at)) as session_key,
from session_rows
where n_timings = 1
union all
select
    sessions_id,
    min(begins_at),
    max(coalesce(ends_at, begins_at)),
    count(*)::integer,
    list({'begins_on': begins_on, 'ends_on': ends_on} order by begins_at, ends_at),
    bool_or(ends_at is not null),
    list_sort(list_distinct(flatten(list(
        case
            when begins_on = ends_on then [begins_on]
            else list_transform(generate_series(begins_on, ends_on, interval 1 day), lambda d: d::date)
        end
    )))),
    string_agg(concat_ws('-', epoch_us(begins_at), epoch_us(ends_at)), ' ' order by begins_at, ends_at),
from session_rows
where n_timings > 1
group by sessions_id;

-- The edition whose window a session overlaps, in its territory; of two, the earlier.
create or replace temp table session_editions as
with windows as (
    select
        s.sessions_id,
        s.days,
        e.edition,
        coalesce(d.starts_on, e.starts_on) as starts_on,
        coalesce(d.ends_on, e.ends_on) as ends_on,
    from session_days as s
    inner join session_lists as l using (sessions_id)
    inner join editions as e
        on s.days[1] <= e.ends_on and s.days[-1] >= e.starts_on
    left join territory_days as d on d.edition = e.edition and d.territory = l.territory
)

select
    sessions_id,
    min(edition) as edition,
from windows
where
    days[1] between starts_on and ends_on
    or days[-1] between starts_on and ends_on
    or list_bool_or(list_transform(days, lambda d: d between starts_on and ends_on))
group by sessions_id;

create or replace temp table session_years as
select
    s.sessions_id,
    coalesce(w.edition, year(s.days[1])) as year,
from session_days as s
left join session_editions as w using (sessions_id);

-- A date of another year than the other rows of its file is most likely a slip, and opens no edition of its own: where one year
-- has more than half of a file's dated rows, the rows of another year are strays if they are fewer than 10 and fewer than 1 in
-- 20, or if there is only one of them beside 5. Not if the edition of the import was given, if a column of years says the
-- same year, or if the event counts in that edition already.
create or replace temp table stray_records as
with years as (
    select
        k.part,
        k.file,
        y.year,
        count(*) as n_rows,
    from keyed_records as k
    inner join session_years as y using (sessions_id)
    group by k.part, k.file, y.year
),

files as (
    select
        part,
        file,
        sum(n_rows) as n_rows,
        max(n_rows) as n_most,
    from years
    group by part, file
),

few as (
    select
        y.part,
        y.file,
        y.year,
    from years as y
    inner join files as f using (part, file)
    where
        f.n_most * 2 > f.n_rows
        and y.n_rows < f.n_most
        and ((y.n_rows < 10 and y.n_rows * 20 < f.n_rows) or (y.n_rows = 1 and f.n_most >= 5))
)

select k.record_id
from keyed_records as k
inner join session_years as y using (sessions_id)
inner join few on few.part = k.part and few.file = k.file and few.year = y.year
inner join build_options as o on o.part = k.part
left join events as e on e.event_id = k.event_id and e.in_campaign and e.edition = y.year
where o.edition is null and not o.is_demo and k.edition_hint is distinct from y.year and e.event_id is null;

-- Communes by the days on which their codes are in force. Their last day is a value, so that equal codes make the join: an « or »
-- compares every record with every period. A commune is located among those of 1 January 2014, by any code or name that it had
-- since 2008; the code that a record gives is taken as it is if it is in force that day. What a commune is found by is made once for each,
-- not for each of its events.
create or replace temp table known_periods as
select *
from commune_periods
where commune_code in (select commune_code from located_places union all select given_code from located_places);

create or replace temp table commune_days as
select
    h.commune_code as code,
    h.held_code as commune_code,
    h.valid_from,
    coalesce(h.valid_to, date 'infinity') as valid_to,
    h.name,
    h.departement_code,
    h.region_2014_code,
    h.region_2016_code,
    now.held_code as commune_code_now,
    now.name as name_now,
    searchable(h.name) as search_text,
    case when now.name <> h.name then searchable(now.name) end as search_text_now,
from known_periods as h
inner join (
    select *
    from commune_periods
    where valid_to is null and commune_code in (select held_code from known_periods)
) as now on now.commune_code = h.held_code;

-- A place as the text that stands for it in the hash of an event, once for all events there.
create or replace temp table place_lists as
select
    *,
    concat_ws(
        chr(31),
        coalesce(commune_code, ''), coalesce(departement_code, ''), coalesce(region_2014_code, ''), coalesce(region_2016_code, ''),
        coalesce((round(lat, 6) * 1000000)::bigint, 0), coalesce((round(lon, 6) * 1000000)::bigint, 0), coalesce(place_precision, 'unknown')
    ) as as_text,
from located_places;

create or replace temp table incoming as
with described as (
    select
        r.record_id,
        r.part,
        k.event_id,
        coalesce(o.source, r.origin) as source,
        k.key_in_source as source_uid,
        coalesce(o.edition, w.edition, year(s.days[1]), r.edition_hint)::smallint as edition,
        o.edition is not null
        or (w.edition is not null and r.record_id not in (select record_id from stray_records))
        or (s.days is null and coalesce(r.edition_hint in (select edition from editions), false)) as in_campaign,
        r.is_published,
        o.is_demo,
        case
            when regexp_matches(r.title, '\s\s|[\t\n\r]') then trim(regexp_replace(r.title, '\s+', ' ', 'g'))
            else r.title
        end as title,
        r.description,
        t.type,
        t.type_is_guessed,
        r.type_label as source_type_label,
        th.themes,
        g.lead_organiser_id,
        r.organiser_labels[1] as organiser,
        g.organiser_list_id,
        case
            when r.status = 'moved_online' then 'online'
            else coalesce(r.attendance_mode, 'on_site')
        end as attendance_mode,
        coalesce(r.status, 'scheduled') as status,
        r.venue,
        r.address,
        -- 4 figures within the département of a lost zero
        case
            when length(r.postcode) = 4 and p.departement_code = '0' || left(r.postcode, 1) then '0' || r.postcode
            else r.postcode
        end as postcode,
        r.city,
        p.* exclude (
            place_id, text_id, lat, lon, is_outside_101, is_abroad, is_swapped, is_unusable, is_ambiguous, is_unrecognised, is_conflict,
            collectivity_code, as_text
        ),
        p.as_text as place_as_text,
        round(p.lat, 6) as lat,
        round(p.lon, 6) as lon,
        coalesce(p.collectivity_code, upper(r.country_code)) as country_code,
        k.zone as timezone,
        k.territory,
        -- the day on which its commune is looked up: of the first session; without one, the first core day of its edition
        coalesce(
            s.days[1],
            case when s.days is null then e.core_starts_on end,
            timezone('Europe/Paris', o.imported_at)::date
        ) as looked_up_on,
        s.starts_at,
        case when s.has_end then s.ends_at end as ends_at,
        coalesce(s.days, []) as days,
        coalesce(s.session_spans, []) as session_spans,
        s.days[1] as first_day,
        s.days[-1] as last_day,
        coalesce(s.n_sessions, 0) as n_sessions,
        coalesce(len(s.days), 0)::integer as n_days,
        coalesce(s.session_key, '') as session_key,
        r.conditions,
        r.registration_url,
        r.online_url,
        r.accessibility,
        r.age_min,
        r.age_max,
        says_free(r.conditions) as is_free,
        audiences_of(r.age_min, r.age_max) as audiences,
        r.url,
        -- without an offset, on the clock of whoever keeps the file
        instant_of('Europe/Paris', r.created_at) as given_created_at,
        instant_of('Europe/Paris', r.updated_at) as given_updated_at,
        th.as_text as themes_as_text,
        g.as_text as organisers_as_text,
        th.search_text as themes_text,
        g.search_text as organiser_text,
        o.chamber_region_2014_code,
        o.chamber_region_2016_code,
    from staged_records as r
    inner join keyed_records as k using (record_id)
    inner join build_options as o on o.part = r.part
    left join record_types as t using (record_id)
    left join place_lists as p on p.place_id = k.place_id
    left join session_days as s on s.sessions_id = k.sessions_id
    left join session_editions as w on w.sessions_id = k.sessions_id
    left join editions as e on e.edition = coalesce(o.edition, r.edition_hint)
    left join theme_lists as th on th.theme_labels = r.theme_labels
    left join organiser_lists as g on g.organiser_labels = r.organiser_labels
),

-- An online event has no place; its region is that of the chamber that owns the agenda, if the mapping names one.
placed as (
    select
        * exclude (chamber_region_2014_code, chamber_region_2016_code, city)
        replace (
            case when attendance_mode <> 'online' then address end as address,
            case when attendance_mode <> 'online' then postcode end as postcode,
            case when attendance_mode <> 'online' then coalesce(commune, city) end as commune,
            case when attendance_mode = 'online' then chamber_region_2014_code else region_2014_code end as region_2014_code,
            case when attendance_mode = 'online' then chamber_region_2016_code else region_2016_code end as region_2016_code,
            case when attendance_mode = 'online' then 'online' else coalesce(place_precision, 'unknown') end as place_precision
        ),
    from described
)

select
    placed.* exclude (given_code, looked_up_on, place_as_text, themes_as_text, organisers_as_text, themes_text, organiser_text)
    replace (
        coalesce(c.name, placed.commune) as commune,
        coalesce(c.commune_code, placed.commune_code) as commune_code,
        coalesce(c.departement_code, placed.departement_code) as departement_code,
        coalesce(c.region_2014_code, placed.region_2014_code) as region_2014_code,
        coalesce(c.region_2016_code, placed.region_2016_code) as region_2016_code
    ),
    c.commune_code_now,
    case when c.code is not null then looked_up_on end as placed_on,
    case
        when place_precision in ('address', 'commune') then 'located'
        when place_precision = 'online' then 'online'
        else 'unlocated'
    end as placement,
    -- of text, so that it stays the same from one version of DuckDB to the next; of the place as it was located, which the day
    -- of a session does not change
    md5_number_lower(concat_ws(
        chr(31),
        coalesce(edition, 0), in_campaign, is_published, title, coalesce(description, ''), type, coalesce(source_type_label, ''),
        themes_as_text, organisers_as_text, attendance_mode, status,
        coalesce(venue, ''), coalesce(address, ''), coalesce(postcode, ''), coalesce(placed.commune, ''),
        -- of what is online, and has no place, the region of the chamber
        coalesce(
            place_as_text,
            concat_ws(
                chr(31),
                '', '', coalesce(placed.region_2014_code, ''), coalesce(placed.region_2016_code, ''), 0, 0, place_precision
            )
        ),
        coalesce(country_code, ''), timezone, session_key,
        -- most events say none of these
        case
            when coalesce(conditions, registration_url, online_url) is null and len(accessibility) = 0 and coalesce(age_min, age_max) is null
                then concat_ws(chr(31), '', '', '', '', -1, -1)
            else concat_ws(
                chr(31),
                coalesce(conditions, ''), coalesce(registration_url, ''), coalesce(online_url, ''),
                array_to_string(accessibility, chr(30)), coalesce(age_min, -1), coalesce(age_max, -1)
            )
        end,
        coalesce(url, '')
    )) as content_hash,
    concat_ws(
        ' | ',
        -- one by one: accents are taken out of those alone that are not plain ASCII, which takes longest
        searchable(title),
        coalesce(c.search_text, searchable(placed.commune)),
        searchable(venue),
        organiser_text,
        nullif(themes_text, ''),
        -- what it is found by besides: where it was located, and what it is called today
        case
            when placed.commune <> c.name
                then searchable(array_to_string(
                    list_filter(list_distinct([placed.commune, c.name_now]), lambda name: name <> c.name), ' | '
                ))
            else c.search_text_now
        end
    ) as search_text,
from placed
left join (select * from commune_days where commune_code = code) as g
    on g.code = placed.given_code and placed.looked_up_on >= g.valid_from and placed.looked_up_on < g.valid_to
left join commune_days as c
    on
        c.code = coalesce(g.code, placed.commune_code)
        and placed.looked_up_on >= c.valid_from
        and placed.looked_up_on < c.valid_to;
