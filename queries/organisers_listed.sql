-- Which organisers hold the most events?
-- grain: one row per organiser with an event, the $n largest
-- organiser_id · name · also: other names and spellings joined to it · family · n_events · n_communes: different ones · first_edition: earliest of $history
with sizes as (
    select
        lead_organiser_id as organiser_id,
        count(*) as n_events,
        count(distinct commune_of(commune_code)) as n_communes,
    from counted_events($chosen)
    where lead_organiser_id is not null
    group by all
),

firsts as (
    select
        lead_organiser_id as organiser_id,
        min(edition) as first_edition,
    from counted_events($history)
    where lead_organiser_id is not null
    group by all
)

select
    s.organiser_id,
    o.name,
    list_sort(o.aliases || coalesce(j.names, [])) as also,
    o.family,
    s.n_events,
    s.n_communes,
    f.first_edition,
from sizes as s
inner join organisers as o on o.organiser_id = s.organiser_id
left join (select joined_to, list(name) as names from organisers where joined_to is not null group by joined_to) as j
    on j.joined_to = s.organiser_id
left join firsts as f on f.organiser_id = s.organiser_id
order by s.n_events desc, o.name, s.organiser_id
limit $n;
