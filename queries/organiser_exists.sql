-- Is this an organiser's code?
-- grain: one row
-- is_known
select exists (select 1 from organisers where organiser_id = $code) as is_known;
