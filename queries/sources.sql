-- Where do reference data and figures come from?
-- grain: one row per source
-- source_id · producer · title · url · licence · accessed_on
select
    source_id,
    producer,
    title,
    url,
    licence,
    accessed_on,
from sources
order by source_id;
