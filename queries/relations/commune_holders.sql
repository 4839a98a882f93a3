-- Which commune of the time of the latest chosen edition holds the territory of each code: a merger is no new commune.
select
    commune_code,
    held_code,
from commune_periods
where valid_from <= {{ chosen.commune_day }} and (valid_to is null or valid_to > {{ chosen.commune_day }})
