-- Functions that builds and queries share, kept in the event file itself. What counts stands in queries/relations.

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
                replace(searchable(replace(conditions, chr(8201), ' ')), 'non payant', 'gratuit'),
                '(^|[^0-9.,])(0*[1-9][0-9 ]*([.,][0-9]+)?|0+[.,]0*[1-9][0-9]*) ?(€|eur)|(^|[^0-9 ] *)(€|eur|euros?) ?[1-9]|\bpayante?s?\b|\b(non|pas) gratuit'
            ) then false
        when regexp_full_match(searchable(replace(conditions, chr(8201), ' ')), '\s*0+([.,]0+)? ?(€|eur|euros?)?\s*') then true
        -- « gratuit pour les adhérents » says nothing of the others
        when
            regexp_matches(
                regexp_replace(
                    searchable(replace(conditions, chr(8201), ' ')),
                    '\b(gratuite?s?|gratuitement|entree libre|free)\W+(pour (les? |l.|nos )?(adherent|membre|abonne|moins|enfant|etudiant|demandeur|scolaire|salarie'
                    || '|jeune|habitant|societaire|beneficiaire|-|\d)|aux? (adherent|membre|abonne|moins|enfant|etudiant)|for (member|children|student)'
                    || '|sous condition|(pour )?(les )?(-|moins de) ?\d|jusqu.a \d+ ans)',
                    ' '
                ),
                '\b(gratuite?s?|gratuitement|entree libre|acces libre|free|non payante?s?)\b'
            ) then true
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

-- What an import changed: one row per event. An event that comes back after its withdrawal is edited.
create or replace macro import_changes(asked) as table
    with changed as (
        select
            event_id,
            list_sort(list_distinct(flatten(list(changed_fields)))) as fields,
        from event_versions
        where import_id = asked
        group by event_id
    ),

    changes as (
        select
            e.event_id,
            case
                when e.first_import_id = asked then 'new'
                when list_contains(c.fields, 'withdrawn') and e.last_import_id <> asked then 'withdrawn'
                when list_has_any(c.fields, ['place', 'sessions']) then 'moved'
                else 'edited'
            end as change,
            c.fields,
        from changed as c
        inner join events as e on e.event_id = c.event_id
        union all
        select distinct
            event_id,
            'absent',
            null,
        from findings
        where
            kind = 'absent_from_import'
            and import_id = asked
            and event_id not in (select event_id from changed)
    )

    select
        e.event_id,
        c.change,
        c.fields,
        e.starts_at,
        e.edition,
        e.region_2014_code,
        e.region_2016_code,
        e.departement_code,
        e.is_published,
        e.withdrawn_on,
    from changes as c
    inner join events as e on e.event_id = c.event_id
    where not e.is_withheld and (c.change <> 'absent' or e.first_import_id <> asked)
    union all
    select
        events.event_id,
        'new',
        null,
        starts_at,
        events.edition,
        region_2014_code,
        region_2016_code,
        departement_code,
        is_published,
        withdrawn_on,
    from events
    anti join changed on changed.event_id = events.event_id
    where
        first_import_id = asked
        and not is_withheld;
