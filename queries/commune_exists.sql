-- Which commune of the file does a commune's code mean?
-- grain: one row
-- is_known · code: of the file's commune, which for a code of another year is the one that stands for it; else as asked
with meant as (
    select commune_code as code
    from communes
    where commune_code = $code
    union all
    select known_code
    from commune_aliases
    where commune_code = $code and commune_code not in (select commune_code from communes)
)

select
    count(*) > 0 as is_known,
    coalesce(min(code), $code) as code,
from meant;
