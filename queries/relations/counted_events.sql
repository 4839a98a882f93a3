-- What counts: published, of a campaign, not withdrawn, not the duplicate of another, not cancelled. The only definition.
select *
from {{ chosen.chosen_events }}
where status <> 'cancelled'
