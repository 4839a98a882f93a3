-- Every event that the file knew on a day, in the state of that day, accepted duplicates included. (Materialised, `known` would
-- hold every column of every event.)
with known as not materialized (
    select *
    from events
    where registered_on <= {{ chosen.as_of }} and not is_withheld
)

select *
from known
where event_id not in (from {{ chosen.replaced_since }})
union all by name
select was.*
from {{ chosen.versions }}
where event_id in (select event_id from known)
