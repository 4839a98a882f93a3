-- Who organisers are: spellings of one joined with caution, families where the name tells. Nothing is lost: each spelling keeps
-- its row and its name in event_organisers, and what is joined here is joined anew at each publishing, after people's decisions.
create or replace temp table organiser_names as
select
    organiser_id,
    place_key(name) as words,
    coalesce(regexp_extract_all(place_key(name), '\b(association|asso|scop|scic|cuma|sarl|sasu|sas|eurl)\b'), []) as forms,
from organisers;

-- The name without its legal form: « Association Le Relais », « Le Relais (asso) » and « Le Relais » share one.
create or replace temp table organiser_cores as
select
    organiser_id,
    words,
    list_distinct(list_transform(forms, lambda f: case when f = 'asso' then 'association' else f end)) as forms,
    trim(regexp_replace(
        regexp_replace(words, '\b(association|asso|scop|scic|cuma|sarl|sasu|sas|eurl|loi (de )?1901)\b', ' ', 'g'), ' +', ' ', 'g'
    )) as core,
from organiser_names
where words is not null;

-- Joined: the same name but for the legal form, when no two different forms claim it (a Scop and an association of one name are
-- two), and the name is long enough to be somebody's. The plain spelling stands for all.
create or replace temp table organiser_joins as
with free as (
    select *
    from organiser_cores
    where
        length(core) >= 6
        and organiser_id not in (select named_id from organiser_decisions)
),

claimed as (
    select core
    from free
    group by core
    having count(*) > 1 and len(list_distinct(flatten(list(forms)))) <= 1
),

automatic as (
    select
        organiser_id,
        first_value(organiser_id) over (partition by core order by len(forms), length(words), organiser_id) as standing_id,
    from free
    where core in (select core from claimed)
)

select
    organiser_id,
    standing_id,
from automatic
where organiser_id <> standing_id
union all
select
    d.named_id,
    d.organiser_id,
from organiser_decisions as d
where
    d.decision = 'joined'
    and d.named_id in (select organiser_id from organisers)
    and d.organiser_id in (select organiser_id from organisers);

-- One step more where the standing one is itself joined; decisions form no circle (commands refuse it).
create or replace temp table organiser_targets as
select
    o.organiser_id as named_id,
    coalesce(k.standing_id, j.standing_id) as joined_to,
from organisers as o
left join organiser_joins as j on j.organiser_id = o.organiser_id
left join organiser_joins as k on k.organiser_id = j.standing_id and k.standing_id <> o.organiser_id;

update organisers
set joined_to = t.joined_to
from organiser_targets as t
where t.named_id = organisers.organiser_id and organisers.joined_to is distinct from t.joined_to;

create or replace temp table moved_organisers as
select
    g.event_id,
    g.named_id,
    g.role,
    coalesce(t.joined_to, g.named_id) as organiser_id,
from event_organisers as g
inner join organiser_targets as t on t.named_id = g.named_id
where g.organiser_id <> coalesce(t.joined_to, g.named_id);

update event_organisers
set organiser_id = m.organiser_id
from moved_organisers as m
where m.event_id = event_organisers.event_id and m.named_id = event_organisers.named_id;

update events
set lead_organiser_id = m.organiser_id
from moved_organisers as m
where m.event_id = events.event_id and m.role = 'lead';

-- Families, where the name tells: family_of() is made from the campaign's organiser_families.csv.
create or replace temp table told_families as
select
    organiser_id,
    family_of(words) as family,
from organiser_names;

-- A spelling that does not tell has the family of one that does.
create or replace temp table known_families as
select
    t.named_id,
    coalesce(f.family, min(f.family) over (partition by coalesce(t.joined_to, t.named_id))) as family,
from organiser_targets as t
left join told_families as f on f.organiser_id = t.named_id;

update organisers
set family = k.family
from known_families as k
where k.named_id = organisers.organiser_id and organisers.family is distinct from k.family;
