-- What is the commune of this code called, at the time of the latest edition of $chosen?
-- grain: at most one row: none for a code that no commune has had since 2008
-- name: of the commune that is in force then · name_now: of the one that stands for it today · is_itself: the code is in force then
select
    p.name,
    n.name as name_now,
    p.held_code = p.commune_code as is_itself,
from commune_periods as p
inner join commune_periods as n on n.commune_code = p.commune_code and n.valid_to is null
where
    p.commune_code = $code
    and p.valid_from <= {{ chosen.commune_day }}
    and (p.valid_to is null or p.valid_to > {{ chosen.commune_day }});
