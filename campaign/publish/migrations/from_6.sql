-- To version 7: which campaign the file is of; until then there was one. Editions, chambers and figures are read again.
alter table file_info add column profile varchar default 'mois-ess';

alter table duplicate_decisions rename column twin_of to duplicate_of;

-- An event has the commune of its day, and the one that has stood for it since. Until then all were those of 2014.
create temp table day_communes as
select
    e.event_id,
    e.edition,
    e.first_day,
    e.commune_code as located_code,
    e.placed_on,
    h.held_code as commune_code,
    h.name as commune,
    h.departement_code,
    h.region_2014_code,
    h.region_2016_code,
    now.held_code as commune_code_now,
    now.name as name_now,
from (
    select
        s.*,
        coalesce(s.first_day, d.core_starts_on, s.registered_on) as placed_on,
    from (
        select event_id, edition, commune_code, first_day, registered_on from events
        union
        select event_id, was.edition, was.commune_code, was.first_day, was.registered_on from event_versions
    ) as s
    left join editions as d on d.edition = s.edition
) as e
inner join building.commune_periods as h
    on h.commune_code = e.commune_code and e.placed_on >= h.valid_from and (h.valid_to is null or e.placed_on < h.valid_to)
inner join building.commune_periods as now on now.commune_code = h.held_code and now.valid_to is null;

alter table events add column if not exists commune_code_now varchar;
alter table events add column if not exists placed_on date;

-- Found by its other names besides: where it was located, and what it is called today.
update events
set
    commune = c.commune,
    commune_code = c.commune_code,
    departement_code = c.departement_code,
    region_2014_code = c.region_2014_code,
    region_2016_code = c.region_2016_code,
    commune_code_now = c.commune_code_now,
    placed_on = c.placed_on,
    search_text = concat_ws(
        ' | ',
        events.search_text,
        case when c.commune <> events.commune then building.searchable(c.commune) end,
        case when c.name_now <> c.commune and c.name_now <> events.commune then building.searchable(c.name_now) end
    ),
from day_communes as c
where
    c.event_id = events.event_id
    and c.located_code = events.commune_code
    and c.edition is not distinct from events.edition
    and c.first_day is not distinct from events.first_day;

-- Past states likewise. They are laid out and put together again as rows (struct_update breaks DuckDB on states as wide as these);
-- the new file takes their fields by name.
create temp table past_rows as
select
    v.rowid as of_version,
    unnest(v.was),
from event_versions as v;

alter table past_rows add column if not exists commune_code_now varchar;
alter table past_rows add column if not exists placed_on date;

update past_rows
set
    commune = c.commune,
    commune_code = c.commune_code,
    departement_code = c.departement_code,
    region_2014_code = c.region_2014_code,
    region_2016_code = c.region_2016_code,
    commune_code_now = c.commune_code_now,
    placed_on = c.placed_on
from day_communes as c
where
    c.event_id = past_rows.event_id
    and c.located_code = past_rows.commune_code
    and c.edition is not distinct from past_rows.edition
    and c.first_day is not distinct from past_rows.first_day;

create table past_states as
select v.* replace (p as was)
from event_versions as v
inner join past_rows as p on p.of_version = v.rowid
order by v.rowid;

drop table event_versions;
alter table past_states rename to event_versions;
drop table day_communes;
drop table past_rows;
