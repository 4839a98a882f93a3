-- The definitions that every reader shares, kept in the event file itself.

-- Text as it is searched: case, accents, ligatures, curly apostrophes and no-break spaces do not matter; % and _ are plain
-- characters. (Plain replacements are several times faster than translate.)
create or replace macro searchable(text) as
    strip_accents(
        case
            -- few texts hold one of these: the others are spared six replacements
            when regexp_matches(text, '[œŒæÆ’ʼ\x{00A0}\x{202F}]')
                then replace(
                    replace(replace(replace(replace(replace(lower(text), 'œ', 'oe'), 'æ', 'ae'), '’', ''''), 'ʼ', ''''), chr(160), ' '),
                    chr(8239),
                    ' '
                )
            else lower(text)
        end
    );

-- Great-circle distance in km on a sphere of 6371 km; null if a coordinate is.
create or replace macro distance_km(lat_a, lon_a, lat_b, lon_b) as
    2 * 6371 * asin(sqrt(
        pow(sin(radians(lat_b - lat_a) / 2), 2)
        + cos(radians(lat_a)) * cos(radians(lat_b)) * pow(sin(radians(lon_b - lon_a) / 2), 2)
    ));

-- An arrondissement of Paris, Lyon or Marseille as its commune.
create or replace macro commune_of(code) as
    case
        when code between '75101' and '75120' then '75056'
        when code between '69381' and '69389' then '69123'
        when code between '13201' and '13216' then '13055'
        else code
    end;

-- A count in the unit that was asked.
create or replace macro in_unit(chosen, n_events, n_sessions, n_days) as
    case (chosen).unit
        when 'sessions' then n_sessions
        when 'days' then n_days
        else n_events
    end;

-- The region's code in the asked nomenclature.
create or replace macro region_in(chosen, region_2014_code, region_2016_code) as
    case when (chosen).nomenclature = 2016 then region_2016_code else region_2014_code end;

-- An instant as ISO 8601 with the offset of a zone, « 2014-11-05T18:30:00+01:00 ».
create or replace macro offset_minutes(instant, zone) as
    date_diff('minute', timezone('UTC', instant), timezone(zone, instant));

create or replace macro iso_local(instant, zone) as
    strftime(timezone(zone, instant), '%Y-%m-%dT%H:%M:%S')
    || case when offset_minutes(instant, zone) < 0 then '-' else '+' end
    || printf('%02d:%02d', abs(offset_minutes(instant, zone)) // 60, abs(offset_minutes(instant, zone)) % 60);

create or replace macro slug(text) as
    trim(regexp_replace(searchable(text), '[^a-z0-9]+', '-', 'g'), '-');

-- Whether conditions say that an event is free: an amount above zero or "payant" says that it is not. Null: they say neither.
create or replace macro says_free(conditions) as
    case
        when
            regexp_matches(
                searchable(replace(conditions, chr(8201), ' ')),
                '(^|[^0-9.,])(0*[1-9][0-9 ]*([.,][0-9]+)?|0+[.,]0*[1-9][0-9]*) ?(€|eur)|\bpayante?s?\b|\bnon gratuit'
            ) then false
        when regexp_full_match(searchable(replace(conditions, chr(8201), ' ')), '\s*0+([.,]0+)? ?(€|eur|euros?)?\s*') then true
        when regexp_matches(searchable(replace(conditions, chr(8201), ' ')), '\b(gratuite?s?|gratuitement|entree libre|acces libre|free)\b') then true
    end;

-- Whether conditions are about money: an amount alone, a currency, a price in words.
create or replace macro speaks_of_money(conditions) as
    regexp_matches(searchable(conditions), '^[\d .,/-]*\d[\d .,/-]*$|[€$£]|\b(prix|tarifs?|payer|cout|participation)\b');

-- The age groups that an event's ages let in; none where no age is said.
create or replace macro audiences_of(age_min, age_max) as
    case
        when age_min is null and age_max is null then []::varchar[]
        else list_filter([
            case when coalesce(age_min, 0) < 12 then 'children' end,
            case when coalesce(age_min, 0) < 18 and coalesce(age_max, 99) >= 12 then 'teenagers' end,
            case when coalesce(age_max, 99) >= 18 then 'adults' end,
        ], lambda audience: audience is not null)
    end;

-- How many of an event's days, or sessions, fall in a range of days (inclusive).
create or replace macro days_between(days, start, stop) as
    len(list_filter(days, lambda d: d between start and stop));

create or replace macro sessions_between(spans, start, stop) as
    len(list_filter(spans, lambda s: s.begins_on <= stop and s.ends_on >= start));

-- Whether a place is in the chosen territory, whatever else is chosen.
create or replace macro in_chosen_territory(chosen, region_2014_code, region_2016_code, departement_code) as
    (
        (chosen).region is null
        or coalesce(list_contains((chosen).region, region_in(chosen, region_2014_code, region_2016_code)), false)
    )
    and ((chosen).departement is null or coalesce(list_contains((chosen).departement, departement_code), false));

-- For each list of words, a pattern of any of them.
create or replace macro any_of_each(lists) as
    list_transform(lists, lambda words: array_to_string(list_transform(words, lambda w: regexp_escape(w)), '|'));

-- What is published of a campaign and still stands in its source.
create or replace macro is_public(is_published, in_campaign, withdrawn_on) as
    is_published and in_campaign and withdrawn_on is null;

-- What the file holds for itself: not a demonstration beside real events, nor the accepted twin of another.
create or replace macro is_standing(is_withheld, duplicate_of) as
    not is_withheld and duplicate_of is null;

-- The shared filters, on one state of an event. `chosen` is the struct that campaign/filter_plan.py makes; a null field filters
-- nothing. The columns are those of the table that the macro is used on: events, or their past states.
create or replace macro is_chosen(chosen) as
    is_public(is_published, in_campaign, withdrawn_on)
    and (
        (chosen).edition is null
        or (
            edition between list_min((chosen).edition) and list_max((chosen).edition)
            and list_contains((chosen).edition, edition)
        )
    )
    and (
        (chosen).region is null
        or list_contains(
            (chosen).region, region_in(chosen, region_2014_code, region_2016_code)
        )
    )
    and ((chosen).departement is null or list_contains((chosen).departement, departement_code))
    and ((chosen).type is null or list_contains((chosen).type, type))
    and ((chosen).theme is null or list_has_any(themes, (chosen).theme))
    and ((chosen).attendance_mode is null or list_contains((chosen).attendance_mode, attendance_mode))
    and ((chosen).free is null or coalesce(is_free = (chosen).free, false))
    and ((chosen).accessible is null or list_has_any(accessibility, (chosen).accessible))
    and ((chosen).audience is null or list_has_any(audiences, (chosen).audience))
    and ((chosen).id is null or list_contains((chosen).id, event_id))
    and (
        (chosen).commune is null
        or list_contains((chosen).commune, commune_code)
        or list_contains((chosen).commune, commune_of(commune_code))
    )
    and ((chosen).organiser is null or list_contains((chosen).organiser, lead_organiser_id))
    and ((chosen).from_day is null or coalesce(last_day >= (chosen).from_day, false))
    and ((chosen).to_day is null or coalesce(first_day <= (chosen).to_day, false))
    and (
        (chosen).from_day is null
        or (chosen).to_day is null
        or first_day >= (chosen).from_day
        or last_day <= (chosen).to_day
        or days_between(days, (chosen).from_day, (chosen).to_day) > 0
    )
    -- Every word as it is written, and of each misspelt one a word that was meant (campaign/search.py). The first ones are
    -- spelt out: they are constants to DuckDB, what a list holds is not (docs/performance.md).
    and ((chosen).words[1] is null or contains(search_text, (chosen).words[1]))
    and ((chosen).words[2] is null or contains(search_text, (chosen).words[2]))
    and ((chosen).words[3] is null or contains(search_text, (chosen).words[3]))
    and (
        (chosen).words[4] is null
        or list_bool_and(list_transform((chosen).words, lambda w: contains(search_text, w)))
    )
    and (
        (chosen).spellings[1] is null
        or regexp_matches(search_text, any_of_each((chosen).spellings)[1])
    )
    and (
        (chosen).spellings[2] is null
        or regexp_matches(search_text, any_of_each((chosen).spellings)[2])
    )
    and (
        (chosen).spellings[3] is null
        or list_bool_and(list_transform(
            (chosen).spellings,
            lambda meant: list_bool_or(list_transform(meant, lambda w: contains(search_text, w)))
        ))
    )
    and (
        (chosen).near_lat is null
        or (
            lat is not null
            and abs(lat - (chosen).near_lat) <= (chosen).radius_km / 110.5
            and distance_km((chosen).near_lat, (chosen).near_lon, lat, lon) <= (chosen).radius_km
        )
    );

-- One row per published event of a campaign that matches, cancelled ones included, accepted duplicates left out: as the file
-- stands now. Views as of a day read past states instead (definitions_as_of.sql).
create or replace macro chosen_events_now(chosen) as table
    select events.*
    from events
    where is_standing(is_withheld, duplicate_of) and is_chosen(chosen);

-- What counts: published, of a campaign, not withdrawn, not the twin of another, not cancelled. The only definition.
create or replace macro counted_events_now(chosen) as table
    select *
    from chosen_events_now(chosen)
    where status <> 'cancelled';

-- The same of all editions, for the cells: a choice that filters nothing takes ten times as long to plan.
create or replace macro all_counted_events() as table
    select *
    from events
    where is_standing(is_withheld, duplicate_of) and is_public(is_published, in_campaign, withdrawn_on) and status <> 'cancelled';

-- Whether a filter asks for certain days.
create or replace macro needs_days(chosen) as
    (chosen).from_day is not null or (chosen).to_day is not null;

-- Whether one edition must be scanned because the cells do not hold the answer.
create or replace macro needs_scan(chosen) as
    (chosen).words is not null
    or (chosen).spellings is not null
    or (chosen).free is not null
    or (chosen).accessible is not null
    or (chosen).audience is not null
    or (chosen).id is not null
    or (chosen).near_lat is not null
    or (chosen).commune is not null
    or (chosen).organiser is not null
    or (chosen).as_of is not null
    or ((chosen).theme is not null and ((chosen).from_day is not null or (chosen).to_day is not null));

-- Whether a filter asks for more than editions, territories and types.
create or replace macro needs_more(chosen) as
    needs_scan(chosen) or needs_days(chosen) or (chosen).theme is not null or (chosen).attendance_mode is not null;

create or replace macro range_start(chosen) as coalesce((chosen).from_day, date '0001-01-01');
create or replace macro range_end(chosen) as coalesce((chosen).to_day, date '9999-12-31');

create or replace macro in_chosen_place(chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode) as
    ((chosen).edition is null or list_contains((chosen).edition, edition))
    and (
        (chosen).region is null
        or list_contains(
            (chosen).region, case when (chosen).nomenclature = 2016 then region_2016_code else region_2014_code end
        )
    )
    and ((chosen).departement is null or list_contains((chosen).departement, departement_code))
    and ((chosen).type is null or list_contains((chosen).type, type))
    and ((chosen).attendance_mode is null or list_contains((chosen).attendance_mode, attendance_mode));

-- Whether a set of themes, as theme_cells writes it, holds one of the chosen themes.
create or replace macro in_chosen_themes(chosen, theme_key) as
    (chosen).theme is null or list_has_any(string_split(theme_key, ' '), (chosen).theme);

-- One row per edition, place, type, attendance mode and placement: additive counts of counted events.
-- Sessions and days are cut to from_day..to_day. Counts come from the cells, or from a scan where a filter asks for it:
-- ways to the same columns, of which campaign/filter_plan.py names the one that a choice takes, because planning all of them
-- costs more than running one.
create or replace macro counted_cells_by_place(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        n_events,
        n_sessions,
        n_days,
    from event_cells
    where
        in_chosen_place(
            chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode
        );

create or replace macro counted_cells_by_theme(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        n_events,
        n_sessions,
        n_days,
    from theme_cells
    where
        in_chosen_themes(chosen, theme_key)
        and in_chosen_place(
            chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode
        );

-- An event is counted on its first day within the range, a session likewise.
create or replace macro counted_cells_by_day(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        sum(n_events) filter (previous_day is null or previous_day < range_start(chosen)) as n_events,
        sum(case when day = (chosen).from_day then n_sessions else n_sessions_begun end) as n_sessions,
        sum(n_events) as n_days,
    from day_cells
    where
        day between range_start(chosen) and range_end(chosen)
        and in_chosen_place(
            chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode
        )
    group by all;

create or replace macro counted_cells_scanned(chosen) as table
    select
        edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        type,
        attendance_mode,
        placement,
        count(*) as n_events,
        sum(sessions_between(session_spans, range_start(chosen), range_end(chosen))) as n_sessions,
        sum(days_between(days, range_start(chosen), range_end(chosen))) as n_days,
    from counted_events_now(chosen)
    group by all;

-- One row per set of themes: counts of counted events, each in one row.
create or replace macro counted_themes_by_cell(chosen) as table
    select
        case when theme_key = '' then [] else string_split(theme_key, ' ') end as themes,
        sum(n_events) as n_events,
        sum(n_sessions) as n_sessions,
        sum(n_days) as n_days,
    from theme_cells
    where
        in_chosen_themes(chosen, theme_key)
        and in_chosen_place(
            chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode
        )
    group by theme_key;

create or replace macro counted_themes_scanned(chosen) as table
    select
        themes,
        count(*) as n_events,
        sum(sessions_between(session_spans, range_start(chosen), range_end(chosen))) as n_sessions,
        sum(days_between(days, range_start(chosen), range_end(chosen))) as n_days,
    from counted_events_now(chosen)
    group by themes;

-- One row per edition and local day: events and sessions of that day (a session over several days is in each).
create or replace macro counted_days_by_cell(chosen) as table
    select
        edition,
        day,
        placement,
        sum(n_events) as n_events,
        sum(n_sessions) as n_sessions,
    from day_cells
    where
        day between range_start(chosen) and range_end(chosen)
        and in_chosen_place(
            chosen, edition, region_2014_code, region_2016_code, departement_code, type, attendance_mode
        )
    group by all;

create or replace macro counted_days_scanned(chosen) as table
    select
        edition,
        day,
        placement,
        count(*) as n_events,
        sum(sessions_between(session_spans, day, day)) as n_sessions,
    from (
        select
            edition,
            placement,
            session_spans,
            unnest(days) as day,
        from counted_events_now(chosen)
    )
    where day between range_start(chosen) and range_end(chosen)
    group by all;

-- One row per edition, commune as it is given, and type: located events.
create or replace macro counted_communes_by_cell(chosen) as table
    select
        edition,
        commune_code,
        n_events,
    from commune_cells
    where in_chosen_place(chosen, edition, region_2014_code, region_2016_code, departement_code, type, null::varchar);

create or replace macro counted_communes_scanned(chosen) as table
    select
        edition,
        commune_code,
        count(*) as n_events,
    from counted_events_now(chosen)
    where commune_code is not null
    group by all;

-- One row per edition, territory and registration day at least.
create or replace macro counted_registrations_by_cell(chosen) as table
    select
        edition,
        region_2014_code,
        registered_on,
        n_events,
        n_import_dated,
    from registration_cells
    where in_chosen_place(chosen, edition, region_2014_code, region_2016_code, departement_code, type, null::varchar);

create or replace macro counted_registrations_scanned(chosen) as table
    select
        edition,
        region_2014_code,
        registered_on,
        count(*) as n_events,
        count(*) filter (created_at_is_import) as n_import_dated,
    from counted_events_now(chosen)
    group by all;

-- One row per edition, territory and lead organiser (null: not known) at least.
create or replace macro counted_organisers_by_cell(chosen) as table
    select
        edition,
        organiser_id,
        n_events,
    from organiser_cells
    where in_chosen_place(chosen, edition, region_2014_code, region_2016_code, departement_code, null::varchar, null::varchar);

create or replace macro counted_organisers_scanned(chosen) as table
    select
        edition,
        lead_organiser_id as organiser_id,
        count(*) as n_events,
    from counted_events_now(chosen)
    group by all;

-- How many events have two organisers or more: rows that add up.
create or replace macro counted_shared_by_cell(chosen) as table
    select n_shared
    from organiser_cells
    where in_chosen_place(chosen, edition, region_2014_code, region_2016_code, departement_code, null::varchar, null::varchar);

create or replace macro counted_shared_scanned(chosen) as table
    select count(*) as n_shared
    from counted_events_now(chosen)
    where event_id in (select event_id from shared_events);

-- One row per edition: how many different organisers, communes and départements counted events have.
-- Distinct counts do not add up, so they are stored for each single choice of territory and type.
create or replace macro stored_distincts(chosen) as
    not needs_scan(chosen)
    and not needs_days(chosen)
    and (chosen).theme is null
    and (chosen).attendance_mode is null
    and (chosen).edition is not null
    and len((chosen).edition) = 1
    and coalesce(len((chosen).region), 0) + coalesce(len((chosen).departement), 0) <= 1
    and coalesce(len((chosen).type), 0) <= 1;

create or replace macro counted_distincts_stored(chosen) as table
    select
        n_organisers,
        n_with_organiser,
        n_communes,
        n_departements,
    from distinct_counts
    where
        edition = (chosen).edition[1]
        and type is not distinct from (chosen).type[1]
        and territory_level = case
            when len((chosen).departement) = 1 then 'departement'
            when len((chosen).region) = 1 and (chosen).nomenclature = 2016 then 'region_2016'
            when len((chosen).region) = 1 then 'region_2014'
            else 'country'
        end
        and territory_code is not distinct from coalesce((chosen).departement[1], (chosen).region[1]);

create or replace macro counted_distincts_scanned(chosen) as table
    select
        count(distinct lead_organiser_id) as n_organisers,
        count(lead_organiser_id) as n_with_organiser,
        count(distinct commune_of(commune_code)) as n_communes,
        count(distinct departement_code) as n_departements,
    from counted_events_now(chosen);
