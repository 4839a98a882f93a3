-- Events that may be the same, and those that people said are. Proposed only, never merged: an accepted duplicate is kept, and not
-- counted. Blocks of events that share a moment and a place keep the comparison of titles bounded.

-- Twins by decision. Events joined by accepted decisions, in chains too, are one; of them the first that counts stands.
create or replace temp table accepted_duplicates as
with ranked as (
    select
        g.event_id,
        row_number() over in_order as rank,
        first_value(g.event_id) over in_order as standing_id,
    from {{ every.duplicate_groups }} as g
    inner join events as e on e.event_id = g.event_id
    where e.is_published and e.in_campaign and not e.is_withheld and e.withdrawn_on is null and e.status <> 'cancelled'
    window in_order as (
        partition by g.group_id
        order by g.is_later, e.first_import_id, g.event_id
    )
)

select
    r.event_id,
    r.standing_id as duplicate_of,
    timezone('Europe/Paris', max(d.decided_at))::date as duplicate_since,
from ranked as r
inner join (
    select event_id, decided_at from duplicate_decisions where decision = 'accepted'
    union all
    select duplicate_of, decided_at from duplicate_decisions where decision = 'accepted'
) as d on d.event_id = r.event_id
where r.rank > 1
group by r.event_id, r.standing_id;

update events
set duplicate_of = null, duplicate_since = null
where duplicate_of is not null and event_id not in (select event_id from accepted_duplicates);

update events
set duplicate_of = a.duplicate_of, duplicate_since = a.duplicate_since
from accepted_duplicates as a
where
    a.event_id = events.event_id
    and (events.duplicate_of, events.duplicate_since) is distinct from (a.duplicate_of, a.duplicate_since);

-- An address without what changes nothing: scheme, www., final slash, fragment, tracking. Most have only a scheme.
create or replace temp macro link_key(url) as
    rtrim(
        case
            when starts_with(lower(url), 'https://')
                and not (starts_with(lower(url), 'https://www') or contains(url, '#') or contains(url, '?') or contains(url, '&'))
                then substr(lower(url), 9)
            else regexp_replace(
                lower(url), '^https?://(www[0-9]?\.)?|#.*$|[?&](utm_[a-z]+|fbclid|gclid)=[^&#]*', '', 'g'
            )
        end,
        '/'
    );

-- The words of a title that is searchable already, without punctuation.
create or replace temp macro title_words(title) as trim(regexp_replace(title, '[^a-z0-9]+', ' ', 'g'));

-- The numbers of a title. Titles that say the same have the same ones: joined by them, few pairs are left to be compared.
create or replace temp macro numbers_of(words) as regexp_replace(words, '[^0-9]+', ' ', 'g');

-- Whether two titles with the same numbers say the same: nearly the same letters, or one begins or ends the other.
create or replace temp macro near_titles(a, b) as
    jaro_winkler_similarity(a, b) >= 0.94
    or (
        least(length(a), length(b)) >= 15
        and (starts_with(a, b || ' ') or starts_with(b, a || ' ') or ends_with(a, ' ' || b) or ends_with(b, ' ' || a))
    );

-- A title is made searchable once, for the search: what stands there before the first bar.
create or replace temp table compared_events as
select
    event_id,
    source,
    case when contains(title, '|') then searchable(title) else split_part(search_text, ' | ', 1) end as title,
    starts_at,
    first_day,
    attendance_mode,
    commune_of(commune_code) as commune_code,
    hash(edition, first_day, commune_of(commune_code), attendance_mode = 'online') as day_block,
    hash(edition, starts_at, commune_of(commune_code), attendance_mode = 'online') as moment_block,
    case when contains(link, '/') then hash(edition, first_day, link) end as link_block,
    first_import_id,
from (select *, link_key(url) as link from {{ every.counted_events }});

-- Events that share their moment and place with others, and their titles as they are compared.
create or replace temp table crowded_events as
with blocks as (
    select
        moment_block,
        count(*) as n_events,
    from compared_events
    where starts_at is not null
    group by moment_block
    having count(*) > 1
)

select
    e.event_id,
    e.moment_block,
    e.first_import_id,
    e.title,
    b.n_events <= 40 and (e.commune_code is not null or e.attendance_mode = 'online') as is_near,
from compared_events as e
inner join blocks as b using (moment_block)
where e.starts_at is not null;

-- Same title, same beginning, same commune (or both without): one group, however large; each later one with the first.
create or replace temp table found_pairs as
with keyed as (
    select
        event_id,
        hash(moment_block, title) as key,
        first_import_id,
    from crowded_events
),

firsts as (
    select
        key,
        arg_min(event_id, (first_import_id, event_id)) as first_id,
    from keyed
    group by key
    having count(*) > 1
)

select
    k.event_id,
    f.first_id as other_id,
    'same' as reason,
    1.0::double as similarity,
from keyed as k
inner join firsts as f on f.key = k.key
where k.event_id <> f.first_id;

-- Near titles at the same moment and place. A block of more than 40 events at one moment in one commune is a default date or a
-- great town at its favourite hour: left alone.
insert into found_pairs
with titled as (
    select
        moment_block,
        event_id,
        title,
        title_words(title) as words,
        numbers_of(words) as numbers,
    from crowded_events
    where is_near
)

select
    a.event_id,
    b.event_id,
    'near',
    jaro_winkler_similarity(a.words, b.words),
from titled as a
inner join titled as b
    on b.moment_block = a.moment_block and b.numbers = a.numbers and a.event_id < b.event_id and a.title <> b.title
where a.words = b.words or near_titles(a.words, b.words);

-- The same from another agenda: same day and place, near title, at most two hours apart.
insert into found_pairs
with blocks as (
    select day_block
    from compared_events
    where first_day is not null and (commune_code is not null or attendance_mode = 'online')
    group by day_block
    having count(*) between 2 and 200 and count(distinct source) > 1
),

titled as (
    select
        e.day_block,
        e.event_id,
        e.source,
        e.starts_at,
        title_words(e.title) as words,
        numbers_of(words) as numbers,
    from compared_events as e
    where e.day_block in (select day_block from blocks) and e.first_day is not null
)

select
    a.event_id,
    b.event_id,
    'agenda',
    jaro_winkler_similarity(a.words, b.words),
from titled as a
inner join titled as b
    on b.day_block = a.day_block and b.numbers = a.numbers and a.event_id < b.event_id and a.source <> b.source
where
    abs(epoch(a.starts_at) - epoch(b.starts_at)) <= 7200
    and (a.words = b.words or near_titles(a.words, b.words));

-- The same page under two addresses, or twice under one, on the same day. An address that many events share is their organiser's.
insert into found_pairs
with few as (
    select link_block
    from compared_events
    where link_block is not null
    group by link_block
    having count(*) between 2 and 3
)

select
    a.event_id,
    b.event_id,
    'link',
    1.0,
from compared_events as a
inner join compared_events as b on b.link_block = a.link_block and a.event_id < b.event_id
where a.link_block in (select link_block from few);

truncate duplicate_pairs;

-- Each pair once, for its strongest reason: the event that came later is the one that may not count.
insert into duplicate_pairs by name
with oriented as (
    select
        p.reason,
        p.similarity,
        (a.first_import_id, a.event_id) > (b.first_import_id, b.event_id) as is_in_order,
        case when is_in_order then a.event_id else b.event_id end as event_id,
        case when is_in_order then b.event_id else a.event_id end as duplicate_of,
    from found_pairs as p
    inner join compared_events as a on a.event_id = p.event_id
    inner join compared_events as b on b.event_id = p.other_id
)

select
    event_id,
    duplicate_of,
    arg_min(reason, list_position(['same', 'link', 'agenda', 'near'], reason)) as reason,
    max(similarity) as similarity,
from oriented
group by event_id, duplicate_of;

delete from duplicate_pairs
where (event_id, duplicate_of) in (
    select (event_id, duplicate_of) from duplicate_decisions
    union all
    select (duplicate_of, event_id) from duplicate_decisions
);

delete from findings where kind = 'duplicate';

insert into findings by name
select
    'duplicate' as kind,
    p.event_id,
    e.last_import_id as import_id,
    min(p.duplicate_of) as detail,
from duplicate_pairs as p
inner join events as e on e.event_id = p.event_id
group by p.event_id, e.last_import_id;

drop table compared_events;
drop table crowded_events;
drop table found_pairs;
