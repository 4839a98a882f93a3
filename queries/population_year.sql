-- Of which year is the population that rates of a choice are over?
-- grain: one row
-- population_year: the nearest to the latest chosen edition of those that are known · edition: that edition's year
select
    any_value(population_year) as population_year,
    year({{ chosen.commune_day }}) as edition,
from {{ chosen.populations_then }};
