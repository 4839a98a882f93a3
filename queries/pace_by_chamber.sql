-- Where does each chamber stand at the same distance from the opening as in its earlier editions, and each region without one?
-- grain: one row per chamber that exists on the opening day of $edition, and per region in force without any; and edition with an
-- event until $edition, itself always
-- chamber_id: null where the region has no chamber · name · region_codes: of 2014 · edition · n_known: registered as many days
-- before the opening as $day is before that of $edition · n_total: registered in all · n_import_dated: whose registration day is
-- that of an import
-- $by_weekday: the opening of earlier editions is the nearest day of the same weekday
-- $own_editions, $own_regions (of 2014), $own_openings, side by side: regions whose days are not those of the whole edition
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

own as (
    select
        unnest($own_editions::integer[]) as edition,
        unnest($own_regions::varchar[]) as region_2014_code,
        unnest($own_openings::date[]) as opening,
),

openings as (
    select
        e.edition,
        r.region_2014_code,
        coalesce(o.opening, e.core_starts_on) as opening,
    from editions as e
    cross join (
        select distinct region_2014_code from departements
        union all
        select null
    ) as r
    left join own as o on o.edition = e.edition and o.region_2014_code = r.region_2014_code
    where e.edition = $edition or e.edition in (select edition from counted)
),

cuts as (
    select
        o.edition,
        o.region_2014_code,
        o.opening
        + (case when $by_weekday then (isodow(r.opening) - isodow(o.opening) + 10) % 7 - 3 else 0 end)::integer
        - (r.opening - $day::date)::integer as cut,
    from openings as o
    inner join openings as r on r.edition = $edition and r.region_2014_code is not distinct from o.region_2014_code
),

registered as (
    select
        e.edition,
        e.region_2014_code,
        sum(e.n_events) filter (e.registered_on <= c.cut) as n_known,
        sum(e.n_events) as n_total,
        sum(e.n_import_dated) as n_import_dated,
    from counted as e
    inner join cuts as c on c.edition = e.edition and c.region_2014_code is not distinct from e.region_2014_code
    group by all
),

in_force as (
    select distinct
        d.region_2014_code,
        r.name,
    from departements as d
    inner join editions as e on e.edition = $edition
    inner join regions as r
        on
            r.nomenclature = e.nomenclature
            and r.region_code = case e.nomenclature when 2014 then d.region_2014_code else d.region_2016_code end
),

valid as (
    select
        c.chamber_id,
        coalesce(c.name, f.name) as name,
        list_sort(list(f.region_2014_code)) as region_2014_codes,
    from in_force as f
    left join chamber_regions as c on c.edition = $edition and c.region_2014_code = f.region_2014_code
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
cross join (select distinct edition from cuts) as c
left join registered as r on r.edition = c.edition and list_contains(v.region_2014_codes, r.region_2014_code)
group by all
order by v.name, c.edition;
