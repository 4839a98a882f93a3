-- What is this organiser called?
-- grain: one row, if the organiser exists
-- name
select name
from organisers
where organiser_id = $code;
