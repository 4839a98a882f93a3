-- People's corrections over what sources say. Input: correction_spans, correction_values, and what was made of them as records:
-- incoming, keyed_records, session_rows, arriving_findings. Output: the tables of events, source_states, corrected_states.
create or replace temp table correction_fields as
select
    s.span_id,
    coalesce(bool_or(v.field = 'type'), false) as has_type,
    coalesce(bool_or(v.field = 'place'), false) as has_place,
    coalesce(bool_or(v.field = 'dates'), false) as has_dates,
    coalesce(bool_or(v.field = 'organiser'), false) as has_organiser,
    max(v.value) filter (v.field = 'type') as type,
    max(v.decided_at) as decided_at,
    any_value(m.edition) is not null as is_edition_given,
from correction_spans as s
left join correction_values as v using (span_id)
left join imports as m on m.import_id = s.was.last_import_id
group by s.span_id;

create or replace temp table span_rows as
select
    span_id,
    unnest(was),
from correction_spans;

-- Which columns each field has. Local hours stay where a place has another clock.
create or replace temp table corrected_rows as
select
    f.span_id,
    f.has_place and p.timezone <> i.timezone or f.has_dates as has_new_sessions,
    p.* exclude (span_id) replace (
        if(f.has_type, f.type, p.type) as type,
        if(f.has_type, false, p.type_is_guessed) as type_is_guessed,
        if(f.has_organiser, i.organiser, p.organiser) as organiser,
        if(f.has_organiser, i.lead_organiser_id, p.lead_organiser_id) as lead_organiser_id,
        if(f.has_place, i.attendance_mode, p.attendance_mode) as attendance_mode,
        if(f.has_place and p.status = 'moved_online', 'scheduled', p.status) as status,
        if(f.has_place, i.venue, p.venue) as venue,
        if(f.has_place, i.address, p.address) as address,
        if(f.has_place, i.postcode, p.postcode) as postcode,
        if(f.has_place or moves.day, i.commune, p.commune) as commune,
        if(f.has_place or moves.day, i.commune_code, p.commune_code) as commune_code,
        if(f.has_place or moves.day, i.commune_code_now, p.commune_code_now) as commune_code_now,
        if(f.has_place or moves.day, i.placed_on, p.placed_on) as placed_on,
        if(f.has_place or moves.day, i.departement_code, p.departement_code) as departement_code,
        if(f.has_place or moves.day, i.region_2014_code, p.region_2014_code) as region_2014_code,
        if(f.has_place or moves.day, i.region_2016_code, p.region_2016_code) as region_2016_code,
        if(f.has_place, i.country_code, p.country_code) as country_code,
        if(f.has_place, i.lat, p.lat) as lat,
        if(f.has_place, i.lon, p.lon) as lon,
        if(f.has_place, i.place_precision, p.place_precision) as place_precision,
        if(f.has_place, i.placement, p.placement) as placement,
        if(f.has_place, i.timezone, p.timezone) as timezone,
        if(has_new_sessions, i.starts_at, p.starts_at) as starts_at,
        if(has_new_sessions, i.ends_at, p.ends_at) as ends_at,
        if(has_new_sessions, i.days, p.days) as days,
        if(has_new_sessions, i.session_spans, p.session_spans) as session_spans,
        if(has_new_sessions, i.first_day, p.first_day) as first_day,
        if(has_new_sessions, i.last_day, p.last_day) as last_day,
        if(has_new_sessions, i.n_sessions, p.n_sessions) as n_sessions,
        if(has_new_sessions, i.n_days, p.n_days) as n_days,
        if(f.has_dates and not f.is_edition_given, i.edition, p.edition) as edition,
        if(f.has_dates and not f.is_edition_given, i.in_campaign, p.in_campaign) as in_campaign,
        if(f.has_place or f.has_dates or f.has_organiser, i.search_text, p.search_text) as search_text,
        greatest(p.updated_at, f.decided_at) as updated_at
    ),
from span_rows as p
inner join correction_fields as f using (span_id)
left join incoming as i on i.record_id = p.span_id
cross join lateral (select f.has_dates and p.commune_code is not null and i.commune_code is not null as day) as moves;

create or replace temp table corrected_sessions as
select
    r.span_id,
    coalesce(list(s order by s.begins_at, s.ends_at), []) as sessions,
from corrected_rows as r
left join lateral (
    select
        r.event_id,
        i.begins_at,
        i.ends_at,
        i.is_all_day,
        i.begins_on,
        i.ends_on,
    from keyed_records as k
    inner join session_rows as i using (sessions_id)
    where k.record_id = r.span_id
) as s on true
where r.has_new_sessions
group by r.span_id;

create or replace temp table corrected_organisers as
select
    r.span_id,
    list_filter(s.organisers, lambda g: g.role = 'partner' and g.named_id <> r.lead_organiser_id) || [{
        'event_id': r.event_id,
        'organiser_id': r.lead_organiser_id,
        'named_id': r.lead_organiser_id,
        'role': 'lead'
    }] as organisers,
from corrected_rows as r
inner join correction_spans as s using (span_id)
inner join correction_fields as f using (span_id)
where f.has_organiser;

insert into organisers by name
select
    lead_organiser_id as organiser_id,
    min(organiser) as name,
    [] as aliases,
from corrected_rows
where lead_organiser_id is not null and lead_organiser_id not in (select organiser_id from organisers)
group by lead_organiser_id;

-- Past spans, for views as of a day.
insert into corrected_states by name
select
    s.event_id,
    s.held_from,
    s.held_until,
    r as was,
    coalesce(n.sessions, s.sessions) as sessions,
    coalesce(g.organisers, s.organisers) as organisers,
from correction_spans as s
inner join corrected_rows as r using (span_id)
left join corrected_sessions as n using (span_id)
left join corrected_organisers as g using (span_id)
where s.held_until is not null;

-- The present, where a correction holds.
create or replace temp table corrected_now as
select
    s.span_id,
    s.event_id,
from correction_spans as s
where s.held_until is null and s.span_id in (select span_id from correction_values);

insert into source_states by name
select
    s.event_id,
    s.was,
    s.sessions,
    s.organisers,
    coalesce((select list(f order by kind, detail) from findings as f where f.event_id = s.event_id), []) as findings,
from correction_spans as s
inner join corrected_now as c using (span_id);

delete from events
where event_id in (select event_id from corrected_now);

insert into events by name
select r.* exclude (span_id, has_new_sessions)
from corrected_rows as r
inner join corrected_now as c using (span_id);

delete from sessions
where event_id in (select event_id from corrected_now inner join corrected_sessions using (span_id));

insert into sessions by name
select unnest(n.sessions, recursive := true)
from corrected_sessions as n
inner join corrected_now as c using (span_id);

delete from event_organisers
where event_id in (select event_id from corrected_now inner join corrected_organisers using (span_id));

insert into event_organisers by name
select unnest(g.organisers, recursive := true)
from corrected_organisers as g
inner join corrected_now as c using (span_id);

-- What there is to look at follows the corrected fields: what was found of the source's values goes.
create or replace temp table corrected_kinds as
select
    c.event_id,
    c.span_id,
    unnest(
        if(f.has_type, ['type_unknown'], [])
        || if(
            f.has_place,
            [
                'unlocated', 'commune_unrecognised', 'commune_ambiguous', 'place_conflict', 'coordinates_swapped', 'coordinates_unusable',
                'coordinates_unreadable', 'outside_101', 'outside_france'
            ],
            []
        )
        || if(
            f.has_dates,
            [
                'undated', 'outside_campaign', 'outside_window', 'begins_at_night', 'longer_than_a_day', 'month_long', 'sessions_overlap',
                'date_ambiguous', 'hour_unreadable', 'end_unreadable', 'end_before_start', 'impossible_date', 'partial_timings',
                'wrong_offset', 'recurrence_cut', 'recurrence_unreadable', 'timezone_unknown'
            ],
            []
        )
    ) as kind,
from corrected_now as c
inner join correction_fields as f using (span_id);

delete from findings
where (event_id, kind) in (select (event_id, kind) from corrected_kinds);

delete from findings as f
using corrected_now as c
where
    f.event_id = c.event_id
    and f.kind = 'value_not_understood'
    and c.span_id in (select span_id from correction_fields where has_place)
    and regexp_matches(f.detail, '^(postcode|departement|region|city|commune_code|lat|lon|coordinates): ');

insert into findings by name
select distinct
    a.kind,
    c.event_id,
    e.last_import_id as import_id,
    a.detail,
from arriving_findings as a
inner join corrected_kinds as k on k.span_id = a.record_id and k.kind = a.kind
inner join corrected_now as c on c.span_id = a.record_id
inner join events as e on e.event_id = c.event_id
where a.kind <> 'outside_campaign' or not e.in_campaign;

-- A correction that changes nothing any more, one whose source now says something else than when it was decided, one whose
-- event its source has withdrawn.
insert into findings by name
with compared as (
    select
        c.event_id,
        v.field,
        p.last_import_id,
        p.withdrawn_on is not null as is_withdrawn,
        case
            when v.field = 'type' then p.type = v.value and not p.type_is_guessed
            when v.field = 'place'
                then hash(p.attendance_mode, p.venue, p.address, p.commune_code, p.departement_code)
                = hash(r.attendance_mode, r.venue, r.address, r.commune_code, r.departement_code)
            when v.field = 'dates'
                then hash(p.starts_at, p.ends_at, p.n_sessions, p.session_spans)
                = hash(r.starts_at, r.ends_at, r.n_sessions, r.session_spans)
            else coalesce(p.organiser, '') = coalesce(r.organiser, '')
        end as is_same,
        coalesce(corrected_value(v.field, s.was, s.sessions), '') <> coalesce(v.replaced, '') as has_changed,
    from corrected_now as c
    inner join correction_values as v using (span_id)
    inner join span_rows as p using (span_id)
    inner join corrected_rows as r using (span_id)
    inner join correction_spans as s using (span_id)
)

select
    case
        when is_withdrawn then 'correction_without_event'
        when is_same then 'correction_redundant'
        else 'correction_source_changed'
    end as kind,
    event_id,
    last_import_id as import_id,
    field as detail,
from compared
where is_withdrawn or is_same or has_changed;

drop table incoming;
drop table keyed_records;
drop table session_rows;
