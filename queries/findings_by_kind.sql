-- What is there to look at in the data?
-- grain: one row per kind of finding
-- kind · count: findings in the territory of $chosen, on events that are shown or wait to be published; of the whole country,
-- those of no event too · n_public: of them, on events that have a page
select
    kind,
    sum(n_findings)::bigint as count,
    sum(n_public)::bigint as n_public,
from finding_rollup
where {{ chosen.territory() }}
group by kind
order by count desc, kind;
