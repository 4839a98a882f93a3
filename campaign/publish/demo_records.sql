-- Demonstration records of one edition, as intake would hand them over: those whose numbers stand in demo_numbers, from $first.
-- The same seed gives the same records: every draw comes from an MD5 of seed, edition and number.
-- The first $counted numbers count; those after them are cancelled, unpublished or out of season.
-- Of an edition that runs on $known_on, only what was registered before that day (null: everything).

insert into staged_records by name
with numbers as (
    select
        i,
        -- one event in 120 repeats the one before it, as two agendas do for the same event
        case when i % 120 = 119 and i < $counted then i - 1 else i end as drawn,
    from demo_numbers
),

digests as (
    select
        i,
        drawn,
        md5_number(concat_ws('-', $seed, $edition, drawn, 'a')) as ab,
        md5_number(concat_ws('-', $seed, $edition, drawn, 'b')) as cd,
        md5_number(concat_ws('-', $seed, $edition, drawn, 'c')) as ef,
        case
            when $online > 0 then (md5_number_lower(concat_ws('-', $seed, $edition, drawn, 'online')) >> 40) / 16777216.0
        end as u_online,
    from numbers
),

halves as (
    select
        i,
        drawn,
        (ab >> 64)::ubigint as a,
        (ab & 18446744073709551615::uhugeint)::ubigint as b,
        (cd >> 64)::ubigint as c,
        (cd & 18446744073709551615::uhugeint)::ubigint as d,
        (ef >> 64)::ubigint as e,
        (ef & 18446744073709551615::uhugeint)::ubigint as f,
        u_online,
    from digests
),

draws as (
    select
        i,
        drawn,
        i >= $counted as is_extra,
        (a & 4294967295) / 4294967296.0 as u_place,
        (a >> 32) / 4294967296.0 as u_type,
        (b & 4294967295) / 4294967296.0 as u_title,
        (b >> 32) / 4294967296.0 as u_day,
        (c & 4294967295) / 4294967296.0 as u_hour,
        (c >> 32) / 4294967296.0 as u_organiser,
        (d & 4294967295) / 4294967296.0 as u_venue,
        (d >> 32) / 4294967296.0 as u_pace,
        (e & 4294967295) / 4294967296.0 as u_fault,
        (e >> 32) / 4294967296.0 as u_repeat,
        (f & 4294967295) / 4294967296.0 as u_north,
        (f >> 32) / 4294967296.0 as u_theme,
        u_online,
    from halves
),

placed as (
    select
        d.*,
        p.* exclude (edition, bucket, begins, until),
    from draws as d
    inner join demo_places as p
        on
            p.edition = $edition
            and p.bucket = draw_bucket(d.u_place)
            and d.u_place >= p.begins
            and d.u_place < p.until
),

typed as (
    select
        p.*,
        t.label as type_label,
        t.hours[1 + (p.u_hour * len(t.hours))::integer % len(t.hours)] as hour,
        t.minutes,
        t.titles[1 + (p.u_title * len(t.titles))::integer % len(t.titles)] as title_pattern,
    from placed as p
    inner join demo_types as t on t.bucket = draw_bucket(p.u_type) and p.u_type >= t.begins and p.u_type < t.until
),

organised as (
    select
        t.*,
        o.names[1 + (t.u_venue * 1000)::integer % len(o.names)] as organiser_pattern,
    from typed as t
    inner join demo_organisers as o
        on o.bucket = draw_bucket(t.u_organiser) and t.u_organiser >= o.begins and t.u_organiser < o.until
),

-- The days of the edition, or the territory's own (campaign/publish/territories.py).
windows as (
    select
        d.name as departement,
        coalesce(w.starts_on, e.starts_on) as starts_on,
        coalesce(w.ends_on, e.ends_on) as ends_on,
        coalesce(w.core_starts_on, e.core_starts_on) as core_starts_on,
        coalesce(w.core_ends_on, e.core_ends_on) as core_ends_on,
    from departements as d
    inner join editions as e on e.edition = $edition
    left join territory_places as t on t.place_code = d.departement_code
    left join territory_places as rest on rest.place_code = 'rest'
    left join territory_days as w on w.edition = e.edition and w.territory = coalesce(t.territory, rest.territory)
),

dated as (
    select
        *,
        -- two weeks around the core period, most of it in that; out-of-season extras eight months before
        case
            when is_extra and i % 10 = 0 then e.core_starts_on - 236 + (u_day * 12)::integer
            when u_day < 0.07 then greatest(e.core_starts_on - 17 + (u_day / 0.07 * 16)::integer, e.starts_on)
            when u_day < 0.95
                then
                    least(
                        e.core_starts_on
                        + ((u_day - 0.07) / 0.88 * (e.core_ends_on - e.core_starts_on + 0.999))::integer,
                        e.ends_on
                    )
            else least(e.core_ends_on + 1 + ((u_day - 0.95) / 0.05 * 14)::integer, e.ends_on)
        end as drawn_day,
    from organised as o
    inner join windows as e using (departement)
),

timed as (
    select
        *,
        -- no Sunday: the Saturday before, where that still counts
        (case when isodow(drawn_day) = 7 and drawn_day > starts_on then drawn_day - 1 else drawn_day end)::date as day,
        case
            when is_extra then null
            when u_fault < 0.030 then 'online'
            when u_fault < 0.040 then 'mixed'
            when u_online < $online / 1000 then 'online'
            when u_online < $online / 1000 * 1.3 then 'mixed'
        end as mode,
        u_fault between 0.040 and 0.052 as is_nowhere,
        u_fault between 0.052 and 0.066 as is_departement_only,
        u_fault between 0.066 and 0.180 as is_commune_only,
        u_fault between 0.180 and 0.184 as is_swapped,
        u_fault between 0.184 and 0.190 as is_misplaced,
        u_fault between 0.190 and 0.200 as is_shouted,
        u_fault between 0.200 and 0.270 as has_no_organiser,
    from dated
),

-- Registration: slow months, a rush in the six weeks before the opening, never after the eve of the event.
registered as (
    select
        *,
        least(
            core_starts_on + 11 - (pow(-ln(1 - least(u_pace, 0.9999)), 0.8) * 30)::integer,
            day - 1
        ) as registered_on,
        (u_hour * 3)::integer % 3 as repeat_step,
        case
            when u_repeat < 0.86 then 1
            when u_repeat < 0.95 then 2
            else 3
        end as n_repeats,
    from timed
),

touched as (
    select
        *,
        case
            when drawn % 40 = 0 then core_ends_on + 36 + (u_north * 9)::integer
            when drawn % 40 = 7 then day + 1 + (u_north * 6)::integer
            else registered_on
        end as touched_on,
    from registered
)

select
    ($taken + i - $first + 1)::integer as record_id,
    'demonstration' as file,
    (i + 1)::integer as line,
    format('{}-{:07d}', $edition, i) as source_uid,
    not (is_extra and i % 10 in (5, 6, 7, 8, 9)) as is_published,
    case
        when is_shouted then upper(replace(replace(title_pattern, '{à_commune}', at_commune), '{de_commune}', of_commune))
        else replace(replace(title_pattern, '{à_commune}', at_commune), '{de_commune}', of_commune)
    end as title,
    'Événement fictif, écrit pour la démonstration.' as description,
    null as url,
    type_label,
    case
        when u_theme < 0.15 then []
        when u_theme < 0.90
            then [demo_theme((u_theme * 1000)::integer)]
        else [demo_theme((u_theme * 1000)::integer), demo_theme((u_theme * 1000)::integer + 2)]
    end as theme_labels,
    [] as keywords,
    case
        when has_no_organiser then []
        when u_north between 0.2 and 0.32 and organiser_pattern <> 'Ville {de_commune}'
            then [replace(organiser_pattern, '{de_commune}', of_commune), 'Ville ' || of_commune]
        else [replace(organiser_pattern, '{de_commune}', of_commune)]
    end as organiser_labels,
    mode as attendance_mode,
    case
        when is_extra and i % 10 between 1 and 4 then 'cancelled'
        when u_north < 0.008 then 'postponed'
        when u_north > 0.98 then 'full'
    end as status,
    list_transform(
        range(n_repeats),
        lambda step: {
            'begins': strftime(day::timestamp + to_hours(hour) + to_days(step::integer * (1 + repeat_step)), '%Y-%m-%dT%H:%M'),
            'ends': strftime(
                day::timestamp + to_hours(hour) + to_minutes(minutes) + to_days(step::integer * (1 + repeat_step)),
                '%Y-%m-%dT%H:%M'
            ),
        }
    ) as timings,
    null as timezone,
    case
        when mode = 'online' then null
        else demo_venue((u_venue * 97)::integer)
    end as venue,
    case
        when mode = 'online' or is_nowhere or is_departement_only or is_commune_only then null
        else format('{} {}', 1 + (u_north * 90)::integer, demo_street((u_venue * 89)::integer))
    end as address,
    case when mode = 'online' or is_nowhere or is_departement_only then null else postcode end as postcode,
    case when mode = 'online' or is_nowhere or is_departement_only then null else commune end as city,
    null as commune_code,
    case when mode = 'online' or is_nowhere then null else departement end as departement_label,
    null as region_label,
    'FR' as country_code,
    case
        when mode = 'online' or is_nowhere or is_departement_only or is_commune_only then null
        when is_swapped then lon
        when is_misplaced then lat + 1.5
        else round(lat + (u_north - 0.5) * 0.008, 5)
    end as lat,
    case
        when mode = 'online' or is_nowhere or is_departement_only or is_commune_only then null
        when is_swapped then lat
        else round(lon + (u_repeat - 0.5) * 0.010, 5)
    end as lon,
    case
        when u_pace < 0.35 then 'Entrée libre'
        when u_pace < 0.55 then 'Gratuit, sur inscription'
        when u_pace < 0.70 then format('Tarif : {} €, gratuit pour les moins de 12 ans', 3 + (u_north * 9)::integer)
    end as conditions,
    null as registration_url,
    null as online_url,
    case when u_repeat > 0.6 then ['mi'] else [] end as accessibility,
    case
        when type_label like '%scolaire%' then 11
        when u_organiser < 0.10 then 18
        when u_organiser < 0.45 then 0
    end::smallint as age_min,
    case
        when type_label like '%scolaire%' then 18
        when u_organiser between 0.10 and 0.20 then 12
        when u_organiser between 0.20 and 0.45 then 99
    end::smallint as age_max,
    strftime(registered_on::timestamp + to_minutes(480 + (u_title * 600)::integer), '%Y-%m-%dT%H:%M:%SZ') as created_at,
    -- most are never touched again; some are corrected once they are over, and one in 40 when the report is written, weeks after the end
    strftime(
        case
            when touched_on >= $known_on then registered_on
            else touched_on
        end::timestamp + to_minutes(490 + (u_title * 600)::integer),
        '%Y-%m-%dT%H:%M:%SZ'
    ) as updated_at,
    null as edition_hint,
from touched
where $known_on is null or registered_on < $known_on;
