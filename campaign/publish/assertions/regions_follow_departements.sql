select
    e.event_id,
    e.departement_code,
    e.region_2014_code,
    e.region_2016_code,
from events as e
left join departements as d using (departement_code)
where
    e.departement_code is not null
    and (d.region_2014_code, d.region_2016_code) is distinct from (e.region_2014_code, e.region_2016_code)
