-- The corrected states as records, so that their places and days are read as those of any file. Input: correction_spans,
-- correction_values. Output: staged_records, record_types, changes (empty).
insert into staged_records by name
with corrected as (
    select
        span_id,
        max(value) filter (field = 'place') as place,
        max(value) filter (field = 'dates') as dates,
        max(value) filter (field = 'organiser') as organiser,
    from correction_values
    group by span_id
),

parts as (
    select
        s.span_id,
        s.was,
        s.sessions,
        s.organisers,
        c.place,
        c.dates,
        c.organiser,
        string_split(c.place, ' | ') as place_parts,
        place_parts[-1] as town,
    from correction_spans as s
    inner join corrected as c using (span_id)
)

select
    p.span_id as record_id,
    p.span_id::varchar as file,
    p.was.source as origin,
    p.was.source_uid,
    p.was.is_published,
    p.was.title,
    p.was.description,
    p.was.source_type_label as type_label,
    coalesce((select list(t.label order by t.label) from themes as t where list_contains(p.was.themes, t.theme)), []) as theme_labels,
    [] as keywords,
    list_filter(
        [coalesce(p.organiser, p.was.organiser)] || coalesce((
            select list(n.name order by n.name)
            from (select unnest(p.organisers, recursive := true)) as g
            inner join organisers as n on n.organiser_id = g.named_id
            where g.role = 'partner'
        ), []),
        lambda name: name is not null
    ) as organiser_labels,
    case
        when p.place is null then p.was.attendance_mode
        when p.town = 'en ligne' then 'online'
        when p.was.attendance_mode = 'mixed' then 'mixed'
        else 'on_site'
    end as attendance_mode,
    'scheduled' as status,
    case
        when p.dates is not null
            then list_transform(
                string_split(p.dates, ' | '),
                lambda slot: {'begins': string_split(slot, ' -> ')[1], 'ends': string_split(slot, ' -> ')[2]}
            )
        else list_transform(
            p.sessions,
            lambda s: case
                when s.is_all_day then {'begins': s.begins_on::varchar, 'ends': s.ends_on::varchar}
                else {
                    'begins': strftime(timezone(p.was.timezone, s.begins_at), '%Y-%m-%dT%H:%M:%S'),
                    'ends': strftime(timezone(p.was.timezone, s.ends_at), '%Y-%m-%dT%H:%M:%S')
                }
            end
        )
    end as timings,
    p.was.timezone,
    coalesce(nullif(case when len(p.place_parts) > 2 then p.place_parts[-3] end, ''), p.was.venue) as venue,
    coalesce(nullif(case when len(p.place_parts) > 1 then p.place_parts[-2] end, ''), p.was.address) as address,
    case
        when p.place is null then p.was.postcode
        else nullif(regexp_extract(p.town, '^(\d{5})\s', 1), '')
    end as postcode,
    case
        when p.place is null then p.was.commune
        when p.town in (select commune_code from commune_periods) then null
        else regexp_replace(p.town, '^\d{5}\s+', '')
    end as city,
    case
        when p.place is null then p.was.commune_code
        when p.town in (select commune_code from commune_periods) then p.town
    end as commune_code,
    case when p.place is null then p.was.departement_code end as departement_label,
    case when p.place is null then p.was.lat end as lat,
    case when p.place is null then p.was.lon end as lon,
    [] as accessibility,
    p.was.edition as edition_hint,
from parts as p;

create or replace temp table record_types as
select
    r.record_id,
    s.was.type,
    s.was.type_is_guessed,
from staged_records as r
inner join correction_spans as s on s.span_id = r.record_id;

create or replace temp table changes (record_id integer, event_id varchar, rank integer, change varchar);
