-- What is there to look at in the data?
-- grain: one row per kind of finding
-- kind · count: findings in the territory of $chosen, on events that are shown or wait to be published; of the whole country,
-- those of no event too · n_public: of them, on events that have a page
select
    f.kind,
    count(*) as count,
    count(*) filter (e.is_published and e.withdrawn_on is null) as n_public,
from findings as f
left join events as e on e.event_id = f.event_id
where
    not coalesce(e.is_withheld, false)
    and in_chosen_territory($chosen, e.region_2014_code, e.region_2016_code, e.departement_code)
group by f.kind
order by count desc, f.kind;
