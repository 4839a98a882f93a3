-- How many events of a territory wait to be published?
-- grain: one row
-- n_events: unpublished ones of $edition in the chosen regions and départements
select count(*) as n_events,
from events_at($chosen)
where
    not is_published
    and status <> 'cancelled'
    and edition = $edition
    and (
        ($chosen).region is null
        or list_contains(($chosen).region, region_in($chosen, region_2014_code, region_2016_code))
    )
    and (($chosen).departement is null or list_contains(($chosen).departement, departement_code));
