-- Which commune held the territory of a code, when?
-- grain: one row per period of the code, in order; none for a code that no commune has had since 2008
-- valid_from: included · valid_to: not included, null for the present · held_code · name: of that commune
-- is_in_force: whether the code is its own
select
    valid_from,
    valid_to,
    held_code,
    name,
    held_code = commune_code as is_in_force,
from commune_periods
where commune_code = $code
order by valid_from;
