-- Which regions of 2014 does a chamber coordinate, edition by edition?
-- grain: one row per edition and region of 2014 with a chamber
-- edition · region_2014_code · chamber_id
select
    edition,
    region_2014_code,
    chamber_id,
from chamber_regions
order by edition, region_2014_code;
