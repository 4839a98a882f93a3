-- Which chambers have events of the territory of $chosen that wait to be published, the oldest first?
-- grain: one row per chamber with such an event, and one with a null name for those without a chamber
-- name · n_events: unpublished, of $edition · oldest_on: day of the earliest registration
select
    c.name,
    count(*) as n_events,
    min(e.registered_on) as oldest_on,
from {{ chosen.known_events }} as e
left join chamber_regions as c on c.edition = e.edition and c.region_2014_code = e.region_2014_code
where
    not e.is_published
    and e.status <> 'cancelled'
    and e.edition = $edition
    and {{ chosen.territory('e') }}
group by c.name
order by oldest_on, searchable(c.name);
