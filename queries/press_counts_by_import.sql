-- How many events did the file count after each import, and what did the import add and take away?
-- grain: one row per edition and import that changed its count
-- edition · import_id · imported_at · source: of the import · n_added · n_removed: cancelled, unpublished, withdrawn or moved to another edition
-- n_events: counted after it
with held as not materialized (
    select *
    from events
    where duplicate_of is null and not is_withheld
),

steps as (
    select
        v.event_id,
        v.import_id,
        v.rowid as step,
        v.was.edition as edition_was,
        v.was.is_published and v.was.in_campaign and v.was.withdrawn_on is null and v.was.status <> 'cancelled' as counted_was,
        e.edition as edition_now,
        e.is_published and e.in_campaign and e.withdrawn_on is null and e.status <> 'cancelled' as counted_now,
    from event_versions as v
    inner join held as e on e.event_id = v.event_id
),

states as (
    select
        event_id,
        import_id,
        edition_was,
        counted_was,
        row_number() over in_order as rank,
        coalesce(lead(edition_was) over in_order, edition_now) as edition_became,
        coalesce(lead(counted_was) over in_order, counted_now) as counted_became,
    from steps
    window in_order as (partition by event_id order by import_id, step)
),

moves as (
    select
        first_import_id as import_id,
        edition,
        count(*) as n_added,
        0 as n_removed,
    from held as e
    where
        is_published and in_campaign and withdrawn_on is null and status <> 'cancelled'
        and event_id not in (select event_id from event_versions)
    group by all
    union all
    select
        e.first_import_id,
        s.edition_was,
        1,
        0,
    from states as s
    inner join held as e on e.event_id = s.event_id
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
