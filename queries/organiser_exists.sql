-- Is this an organiser's code, and whose events does it stand for?
-- grain: one row
-- is_known · code: of the organiser that the name is joined to, else the code asked
select
    count(*) > 0 as is_known,
    coalesce(any_value(joined_to), $code) as code,
from organisers
where organiser_id = $code;
