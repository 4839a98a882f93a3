-- Which organisers hold the most events?
-- grain: one row per organiser with $least to $most events (most null: no limit), the $n largest
-- organiser_id · name · also: other names and spellings joined to it · family · n_events · n_communes: different ones · first_edition: earliest of $history
with sizes as (
    select
        s.organiser_id,
        o.name,
        o.aliases,
        o.family,
        sum(s.n_events)::bigint as n_events,
    from {{ chosen.counted_organisers }} as s
    inner join organisers as o on o.organiser_id = s.organiser_id
    group by all
    having sum(s.n_events) between $least and coalesce($most, sum(s.n_events))
    order by n_events desc, o.name, s.organiser_id
    limit $n
),

towns as (
    select
        lead_organiser_id as organiser_id,
        count(distinct commune_of(commune_code)) as n_communes,
    from {{ chosen.counted_events }}
    where lead_organiser_id in (select organiser_id from sizes)
    group by all
),

firsts as (
    select
        organiser_id,
        min(edition) as first_edition,
    from {{ history.counted_organisers }}
    where organiser_id in (select organiser_id from sizes)
    group by all
)

select
    s.organiser_id,
    s.name,
    list_sort(s.aliases || coalesce(j.names, [])) as also,
    s.family,
    s.n_events,
    t.n_communes,
    f.first_edition,
from sizes as s
left join (select joined_to, list(name) as names from organisers where joined_to is not null group by joined_to) as j
    on j.joined_to = s.organiser_id
left join towns as t on t.organiser_id = s.organiser_id
left join firsts as f on f.organiser_id = s.organiser_id
order by s.n_events desc, s.name, s.organiser_id;
