-- Which fields counted events have, of the chosen editions and territory, whatever else is chosen: rows that add up.
{% if chosen.has_as_of %}
select *
from {{ chosen.completeness }}
{% else %}
select *
from completeness_rollup
where {{ chosen.only('edition', 'region', 'departement') }}
{% endif %}
