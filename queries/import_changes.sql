-- Which events did an import change, and how?
-- grain: one row per event that it changed, in the territory of $chosen, at most $limit; the new ones last;
-- events that are not published, or withdrawn, only if $with_unpublished: no public address shows them
-- event_id · title · starts_at · timezone · commune · change: withdrawn, absent, moved, edited, new · fields: what changed
-- was_title · was_starts_at · was_commune: before, null for a new one
with changed as (
    select
        event_id,
        change,
        fields,
    from import_changes($import_id)
    where
        ((is_published and withdrawn_on is null) or $with_unpublished)
        and {{ chosen.territory() }}
    order by list_position(['withdrawn', 'absent', 'moved', 'edited', 'new'], change), starts_at, event_id
    limit $limit
),

befores as (
    select
        event_id,
        was,
    from event_versions
    where import_id = $import_id and event_id in (select event_id from changed)
    qualify row_number() over (partition by event_id order by rowid) = 1
)

select
    c.event_id,
    e.title,
    e.starts_at,
    e.timezone,
    e.commune,
    c.change,
    c.fields,
    v.was.title as was_title,
    v.was.starts_at as was_starts_at,
    v.was.commune as was_commune,
from changed as c
inner join events as e on e.event_id = c.event_id
left join befores as v on v.event_id = c.event_id
order by list_position(['withdrawn', 'absent', 'moved', 'edited', 'new'], c.change), e.starts_at, c.event_id;
