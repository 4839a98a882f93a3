-- Has a commune had this code since 2008?
-- grain: one row
-- is_known · code
select
    count(*) > 0 as is_known,
    $code as code,
from commune_periods
where commune_code = $code;
