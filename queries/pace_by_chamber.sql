-- Where does each chamber stand at the same distance from the opening as in its earlier editions?
-- grain: one row per chamber that exists on the opening day of $edition, and edition with an event until $edition, itself always
-- chamber_id · name · region_codes: of 2014 · edition · n_known: registered as many days before the opening as $day is
-- before that of $edition · n_total: registered in all · n_import_dated: whose registration day is that of an import
-- $by_weekday: the opening of earlier editions is the nearest day of the same weekday
with counted as materialized (
    select
        edition,
        region_2014_code,
        registered_on,
        n_events,
        n_import_dated,
    from {{ chosen.counted_registrations }}
    where edition <= $edition
),

openings as (
    select
        edition,
        core_starts_on as opening,
        (select core_starts_on from editions where edition = $edition) as reference,
    from editions
    where edition = $edition or edition in (select edition from counted)
),

cuts as (
    select
        edition,
        opening
        + (case when $by_weekday then (isodow(reference) - isodow(opening) + 10) % 7 - 3 else 0 end)::integer
        - (reference - $day::date)::integer as cut,
    from openings
),

registered as (
    select
        e.edition,
        e.region_2014_code,
        sum(e.n_events) filter (e.registered_on <= c.cut) as n_known,
        sum(e.n_events) as n_total,
        sum(e.n_import_dated) as n_import_dated,
    from counted as e
    inner join cuts as c on c.edition = e.edition
    group by all
),

valid as (
    select
        chamber_id,
        name,
        list_sort(list(region_2014_code)) as region_2014_codes,
    from chamber_regions
    where edition = $edition
    group by all
)

select
    v.chamber_id,
    v.name,
    v.region_2014_codes as region_codes,
    c.edition,
    coalesce(sum(r.n_known), 0)::bigint as n_known,
    coalesce(sum(r.n_total), 0)::bigint as n_total,
    coalesce(sum(r.n_import_dated), 0)::bigint as n_import_dated,
from valid as v
cross join cuts as c
left join registered as r on r.edition = c.edition and list_contains(v.region_2014_codes, r.region_2014_code)
group by all
order by v.name, v.chamber_id, c.edition;
