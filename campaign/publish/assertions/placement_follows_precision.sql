select
    event_id,
    placement,
    place_precision,
    attendance_mode,
from events
where
    (placement = 'located') <> (place_precision in ('address', 'commune'))
    or (placement = 'online') <> (attendance_mode = 'online')
    or (placement = 'online' and (commune_code is not null or lat is not null))
