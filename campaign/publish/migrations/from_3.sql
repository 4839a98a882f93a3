-- To version 4: past states as columns, withdrawals, twins, names of organisers.
alter table imports add column is_full boolean default false;
alter table events add column withdrawn_on date;
alter table events add column duplicate_of varchar;
alter table events add column duplicate_since date;
alter table event_organisers add column named_id varchar;
update event_organisers set named_id = organiser_id;

create table past_states as
select
    v.event_id,
    v.import_id,
    v.changed_at,
    e.registered_on as replaced_on,
    v.changed_fields,
    e as was,
    [s] as sessions,
    [o] as organisers,
    [f] as findings,
from event_versions as v
cross join events as e
cross join sessions as s
cross join event_organisers as o
cross join findings as f
limit 0;

-- What a state of an older version does not hold is null.
set variable shape = (
    select json_group_object(column_name, data_type)
    from duckdb_columns()
    where database_name = current_database() and table_name = 'events'
);

insert into past_states by name
select
    event_id,
    import_id,
    changed_at,
    timezone('Europe/Paris', changed_at)::date as replaced_on,
    changed_fields,
    json_transform(before, getvariable('shape')) as was,
    before -> 'sessions' as sessions,
    list_transform(
        json_transform(before -> 'organisers', '[{"event_id": "VARCHAR", "organiser_id": "VARCHAR", "role": "VARCHAR"}]'),
        lambda o: struct_pack(event_id := o.event_id, organiser_id := o.organiser_id, role := o.role, named_id := o.organiser_id)
    ) as organisers,
    before -> 'findings' as findings,
from event_versions
order by rowid;

reset variable shape;
drop table event_versions;
alter table past_states rename to event_versions;
