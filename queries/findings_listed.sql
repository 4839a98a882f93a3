-- Which events have which findings?
-- grain: one row per finding in the territory of $chosen, of $kind (null: all kinds), by kind and date, at most $limit (null: all);
-- events that are not published, or withdrawn, only if $with_unpublished: no public address shows them
-- kind · event_id · title · edition · starts_at · timezone · commune · departement_code · region: name, in the chosen nomenclature · organiser
-- source · url · detail · other_title: of the event that a possible duplicate repeats · is_public: whether the event has a page
select
    f.kind,
    f.event_id,
    e.title,
    e.edition,
    e.starts_at,
    e.timezone,
    e.commune,
    e.departement_code,
    r.name as region,
    e.organiser,
    e.source,
    e.url,
    f.detail,
    t.title as other_title,
    e.is_published and e.withdrawn_on is null as is_public,
from findings as f
inner join events as e on e.event_id = f.event_id
left join regions as r on r.nomenclature = {{ chosen.nomenclature }} and r.region_code = {{ chosen.region("e") }}
left join events as t on f.kind = 'duplicate' and t.event_id = f.detail
where
    ($kind::varchar is null or f.kind = $kind)
    and not e.is_withheld
    and ((e.is_published and e.withdrawn_on is null) or $with_unpublished)
    and {{ chosen.territory('e') }}
order by f.kind, e.starts_at, f.event_id, f.detail
limit $limit;
