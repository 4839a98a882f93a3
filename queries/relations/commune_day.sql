-- The day whose communes are meant: the first core day of the latest chosen edition; of all, of the latest that has events.
select
    coalesce(
        max(core_starts_on) filter (edition <= (select max(edition) from event_rollup)), max(core_starts_on)
    ) as commune_day,
from editions
where {{ chosen.only("edition") }}
