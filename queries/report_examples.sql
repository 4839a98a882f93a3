-- Which event stands for each region, or each département of the one chosen region?
-- grain: one row per territory with a counted event of $chosen, null for those without one
-- territory · title · organiser: lead · commune · first_day: local · n_sessions: the most of the territory, then the earliest
with listed as (
    select
        case
            when {{ chosen.count('region') }} = 1 then d.name
            else r.name
        end as territory,
        e.title,
        e.organiser,
        e.commune,
        e.first_day,
        e.n_sessions,
        e.event_id,
    from {{ chosen.counted_events }} as e
    left join departements as d on e.departement_code = d.departement_code
    left join regions as r
        on
            r.nomenclature = {{ chosen.nomenclature }}
            and r.region_code = {{ chosen.region('e') }}
    where e.lead_organiser_id is not null and e.attendance_mode <> 'online'
)

select
    territory,
    title,
    organiser,
    commune,
    first_day,
    n_sessions,
from listed
qualify row_number() over (partition by territory order by n_sessions desc, first_day, event_id) = 1
order by territory is null, strip_accents(territory);
