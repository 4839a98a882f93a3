-- Back to what sources say, before an import is compared with it and before corrections are applied anew. Input and output: the
-- tables of events, source_states, which is then empty.
delete from sessions
where event_id in (select event_id from source_states);

delete from event_organisers
where event_id in (select event_id from source_states);

delete from findings
where event_id in (select event_id from source_states);

delete from events
where event_id in (select event_id from source_states);

insert into events by name
select unnest(was)
from source_states;

insert into sessions by name
select unnest(sessions, recursive := true)
from source_states;

insert into event_organisers by name
select unnest(organisers, recursive := true)
from source_states;

insert into findings by name
select unnest(findings, recursive := true)
from source_states;

truncate source_states;
