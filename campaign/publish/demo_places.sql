-- A draw between 0 and 1 finds its row by the bucket that it falls in, then by the row's own range: no sort, no scan.
create or replace temp macro draw_bucket(u) as floor(u * 1024)::integer;
create or replace temp macro draw_buckets(begins, until) as range(draw_bucket(begins), least(ceil(until * 1024)::integer, 1024));

-- Where demonstration events fall: one row per edition, commune and bucket, with the range of its share.
-- Drawn by population, with a taste for towns and a habit of each region that changes a little from edition to edition.
create or replace temp table demo_places as
with habits as (
    select
        edition,
        region_2014_code,
        (0.55 + (md5_number_lower(region_2014_code || '-habit') >> 40) / 16777216.0)
        * (0.85 + 0.3 * (md5_number_lower(concat_ws('-', region_2014_code, edition, 'habit')) >> 40) / 16777216.0) as habit,
    from (select distinct region_2014_code from departements)
    cross join editions
    where list_contains(getvariable('demo_editions'), edition)
),

-- `communes` is of 1 January 2014 and serves until that year; later editions have the communes of their own first core day.
later_communes as (
    select
        e.edition,
        p.commune_code,
        p.name,
        c.parent_code,
        p.postcodes,
        p.departement_code,
        p.region_2014_code,
        round(p.lat::double, 5) as lat,
        round(p.lon::double, 5) as lon,
        p.population,
    from read_parquet(getvariable('data') || '/geo/communes_over_time.parquet') as p
    inner join editions as e
        on e.core_starts_on >= p.valid_from and (p.valid_to is null or e.core_starts_on < p.valid_to)
    left join communes as c on c.commune_code = p.commune_code
    where
        list_contains(getvariable('demo_editions'), e.edition)
        and e.edition > 2014
        and p.kind <> 'collectivite'
),

communes_of_their_day as (
    select
        e.edition,
        c.commune_code,
        c.name,
        c.parent_code,
        c.postcodes,
        c.departement_code,
        c.region_2014_code,
        c.lat,
        c.lon,
        c.population,
    from communes as c
    cross join editions as e
    where list_contains(getvariable('demo_editions'), e.edition) and e.edition <= 2014
    union all by name
    from later_communes
),

weights as (
    select
        h.edition,
        c.commune_code,
        c.name,
        c.parent_code,
        c.postcodes[1] as postcode,
        c.departement_code,
        c.lat,
        c.lon,
        pow(coalesce(c.population, 0), 1.05) * h.habit as weight,
    from communes_of_their_day as c
    inner join habits as h on h.region_2014_code = c.region_2014_code and h.edition = c.edition
    where
        coalesce(c.population, 0) > 400
        and len(c.postcodes) > 0
        and c.commune_code not in (select parent_code from communes where parent_code is not null)
        -- no chamber in Mayotte yet: first events in 2014
        and (c.departement_code <> '976' or h.edition >= 2014)
),

shares as (
    select
        *,
        sum(weight) over (partition by edition order by commune_code rows unbounded preceding) - weight as earlier,
        sum(weight) over (partition by edition) as whole,
    from weights
),

ranges as (
    select
        *,
        earlier / whole as begins,
        coalesce(lead(earlier / whole) over (partition by edition order by commune_code), 1) as until,
    from shares
)

select
    r.edition,
    unnest(draw_buckets(r.begins, r.until)) as bucket,
    r.begins,
    r.until,
    coalesce(p.name, r.name) as commune,
    r.postcode,
    d.name as departement,
    r.lat,
    r.lon,
    case
        when coalesce(p.name, r.name) like 'Le %' then 'du ' || substr(coalesce(p.name, r.name), 4)
        when coalesce(p.name, r.name) like 'Les %' then 'des ' || substr(coalesce(p.name, r.name), 5)
        when regexp_matches(searchable(coalesce(p.name, r.name)), '^([aeiouy]|h[aeiouy])') then 'd''' || coalesce(p.name, r.name)
        else 'de ' || coalesce(p.name, r.name)
    end as of_commune,
    case
        when coalesce(p.name, r.name) like 'Le %' then 'au ' || substr(coalesce(p.name, r.name), 4)
        when coalesce(p.name, r.name) like 'Les %' then 'aux ' || substr(coalesce(p.name, r.name), 5)
        else 'à ' || coalesce(p.name, r.name)
    end as at_commune,
from ranges as r
left join communes as p on p.commune_code = r.parent_code
inner join departements as d on d.departement_code = r.departement_code;
