-- What there is to look at in the records just read. Input: what locate.sql, locate_points.sql and normalise.sql made, changes,
-- staged_warnings. Output: arriving_findings (of every record read, and of files as a whole, for the account).

create or replace temp table session_findings as
-- at 1 to 6 o'clock in the morning: « 3 h » for « 15 h », most likely
select
    s.sessions_id,
    'begins_at_night' as kind,
    strftime(min(local_time(l.zone, s.begins_at)), '%Y-%m-%d %H:%M') as detail,
from session_rows as s
inner join session_lists as l using (sessions_id)
where not s.is_all_day and hour(local_time(l.zone, s.begins_at)) between 1 and 5
group by s.sessions_id
union all
select
    sessions_id,
    'longer_than_a_day',
    max(ends_on)::varchar,
from session_rows
where not is_all_day and ends_at > begins_at + interval 24 hour and ends_on - begins_on < 27
group by sessions_id
union all
select distinct
    sessions_id,
    'sessions_overlap',
    null,
from (
    select
        sessions_id,
        ends_at,
        lead(begins_at) over (partition by sessions_id order by begins_at, ends_at) as next_begins_at,
    from session_rows
    where n_timings > 1
)
where next_begins_at < ends_at;

-- What to look at: what the places, the dates and the reading of the files showed.
create or replace temp table noticed as
select
    record_id,
    kind,
    detail,
from place_findings
union all
-- a postcode that is none, or a label that is no territory's, beside a commune or a pin that says where the event is, in France
select
    r.record_id,
    'value_not_understood',
    unnest(list_filter(
        [
            case when not u.is_postcode_read then 'postcode: ' || s.postcode end,
            case when not u.is_departement_read then 'departement: ' || s.departement_label end,
            case when not u.is_region_read then 'region: ' || s.region_label end,
        ],
        lambda value: value is not null
    )),
from unread_texts as u
inner join place_records as r using (text_id)
inner join located_places as p using (place_id)
inner join staged_records as s using (record_id)
where not (p.is_abroad or p.is_outside_101)
union all
select
    i.record_id,
    'value_not_understood',
    'conditions: ' || i.conditions,
from incoming as i
where i.is_free is null and speaks_of_money(i.conditions)
union all
select
    record_id,
    'outside_campaign',
    first_day::varchar,
from incoming
where not in_campaign and record_id not in (select record_id from stray_records)
union all
select
    i.record_id,
    'outside_window',
    i.first_day::varchar,
from incoming as i
inner join stray_records using (record_id)
union all
select
    i.record_id,
    'outside_window',
    i.first_day::varchar,
from incoming as i
inner join editions as e on e.edition = i.edition
left join territory_days as w on w.edition = i.edition and w.territory = i.territory
where
    i.in_campaign
    and i.n_days > 0
    -- looked at first, since it answers nearly always
    and not i.first_day between coalesce(w.starts_on, e.starts_on) and coalesce(w.ends_on, e.ends_on)
    and not list_bool_or(
        list_transform(
            i.days, lambda d: d between coalesce(w.starts_on, e.starts_on) and coalesce(w.ends_on, e.ends_on)
        )
    )
union all
select
    record_id,
    'undated',
    null,
from incoming
where
    n_sessions = 0
    and record_id not in (select record_id from staged_warnings where kind = 'undated' and record_id is not null)
union all
select
    record_id,
    'unlocated',
    place_precision,
from incoming
where placement = 'unlocated'
union all
select
    record_id,
    'unpublished',
    null,
from incoming
where not is_published
union all
select
    record_id,
    'repeated_in_import',
    null,
from changes
where rank > 1
union all
select
    record_id,
    'type_unknown',
    source_type_label,
from incoming
where type_is_guessed and (type = 'autre' or source_type_label is not null)
union all
select
    record_id,
    'month_long',
    last_day::varchar,
from incoming
where
    last_day - first_day >= 27
    and len(list_filter(session_spans, lambda s: s.ends_on - s.begins_on >= 27)) > 0
union all
-- what sessions say of themselves
select
    k.record_id,
    f.kind,
    f.detail,
from keyed_records as k
inner join session_findings as f using (sessions_id)
union all
select
    record_id,
    'title_in_capitals',
    null,
from incoming
where title = upper(title) and title <> lower(title) and length(title) >= 12 and contains(title, ' ')
union all
select
    record_id,
    'html_in_text',
    null,
from incoming
where
    (contains(title, '<') or contains(title, '&') or contains(description, '<') or contains(description, '&'))
    and regexp_matches(concat_ws(' ', title, description), '</?[a-zA-Z][^<>]*>|&(nbsp|amp|lt|gt|quot|[a-z]+(acute|grave|circ|cedil)|#[0-9]+);')
union all
select
    record_id,
    kind,
    detail,
from staged_warnings
where record_id is not null;

create or replace temp table arriving_findings as
select
    n.*,
    r.part,
from noticed as n
inner join staged_records as r using (record_id)
union all by name
select
    record_id,
    kind,
    detail,
    part,
from staged_warnings
where record_id is null;

drop table noticed;
