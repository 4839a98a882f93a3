-- How many events of a territory wait to be published?
-- grain: one row
-- n_events: unpublished ones of $edition in the chosen regions and départements
select count(*) as n_events,
from {{ chosen.known_events }}
where
    not is_published
    and status <> 'cancelled'
    and edition = $edition
    and {{ chosen.territory() }};
