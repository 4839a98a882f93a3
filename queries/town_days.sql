-- On which days do several organisers hold events in the same town?
-- grain: one row per commune and local day with at least $minimum events
-- day · commune_code: arrondissements as their commune · name · departement_code · n_events · n_organisers: different lead
-- organisers, those not known left out · usual: events a day, mean over the town's days with an event
with town_days as (
    select
        commune_of(commune_code) as commune_code,
        unnest(days) as day,
        lead_organiser_id,
    from {{ chosen.counted_events }}
    where commune_code is not null
),

counted as (
    select
        commune_code,
        day,
        count(*) as n_events,
        count(distinct lead_organiser_id) as n_organisers,
        avg(count(*)) over (partition by commune_code) as usual,
    from town_days
    where day between {{ chosen.range_start }} and {{ chosen.range_end }}
    group by commune_code, day
)

select
    t.day,
    t.commune_code,
    c.name,
    c.departement_code,
    t.n_events,
    t.n_organisers,
    t.usual,
from counted as t
inner join {{ chosen.communes_then }} as c on c.commune_code = t.commune_code
where t.n_events >= $minimum
order by t.n_events desc, t.n_events / t.usual desc, t.day, t.commune_code;
