-- Is this a commune's code?
-- grain: one row
-- is_known · code: as asked
select
    exists (select 1 from communes where commune_code = $code) as is_known,
    $code as code;
