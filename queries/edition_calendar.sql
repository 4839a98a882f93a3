-- Which editions are there, how are they numbered, and which days are theirs?
-- grain: one row per edition
-- edition · number: null where it is not known · starts_on · ends_on: the counting window · core_starts_on · core_ends_on: the
-- period that the campaign is named after · nomenclature: the regions in force
select
    edition,
    number,
    starts_on,
    ends_on,
    core_starts_on,
    core_ends_on,
    nomenclature,
from editions
order by edition;
