-- How many events did the file count after each import, and what did the import add and take away?
-- grain: one row per edition and import that changed its count
-- edition · import_id · imported_at · source: of the import · n_added · n_removed: cancelled, unpublished or moved to another edition
-- n_events: counted after it
with steps as (
    select
        v.event_id,
        v.import_id,
        v.before as was,
        coalesce(
            lead(v.before) over (partition by v.event_id order by v.import_id),
            to_json(struct_pack(
                edition := e.edition,
                counts := e.is_published and e.in_campaign and not e.is_withheld and e.status <> 'cancelled'
            ))
        ) as became,
        row_number() over (partition by v.event_id order by v.import_id) as rank,
    from event_versions as v
    inner join events as e on e.event_id = v.event_id
),

states as (
    select
        event_id,
        import_id,
        rank,
        (was ->> 'edition')::smallint as edition_was,
        (became ->> 'edition')::smallint as edition_became,
        (was ->> 'is_published')::boolean
        and (was ->> 'in_campaign')::boolean
        and not (was ->> 'is_withheld')::boolean
        and (was ->> 'status') <> 'cancelled' as counted_was,
        coalesce(
            (became ->> 'counts')::boolean,
            (became ->> 'is_published')::boolean
            and (became ->> 'in_campaign')::boolean
            and not (became ->> 'is_withheld')::boolean
            and (became ->> 'status') <> 'cancelled'
        ) as counted_became,
    from steps
),

moves as (
    select
        first_import_id as import_id,
        edition,
        count(*) as n_added,
        0 as n_removed,
    from events as e
    where
        is_published and in_campaign and not is_withheld and status <> 'cancelled'
        and not exists (select 1 from states as s where s.event_id = e.event_id)
    group by all
    union all
    select
        e.first_import_id,
        s.edition_was,
        1,
        0,
    from states as s
    inner join events as e on e.event_id = s.event_id
    where s.rank = 1 and s.counted_was
    union all
    select
        import_id,
        edition_became,
        1,
        0,
    from states
    where counted_became and (not counted_was or edition_became is distinct from edition_was)
    union all
    select
        import_id,
        edition_was,
        0,
        1,
    from states
    where counted_was and (not counted_became or edition_became is distinct from edition_was)
),

changed as (
    select
        edition,
        import_id,
        sum(n_added)::bigint as n_added,
        sum(n_removed)::bigint as n_removed,
    from moves
    group by all
)

select
    c.edition,
    c.import_id,
    i.imported_at,
    i.source,
    c.n_added,
    c.n_removed,
    (sum(c.n_added - c.n_removed) over (partition by c.edition order by c.import_id))::bigint as n_events,
from changed as c
inner join imports as i on i.import_id = c.import_id
order by c.edition, c.import_id;
