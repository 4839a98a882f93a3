-- The rollup by sets of themes, each set as a list.
select
    *,
    case when theme_key = '' then [] else string_split(theme_key, ' ') end as themes,
from theme_rollup
