-- How many different organisers, communes and départements counted events have. Distinct counts do not add up: they are kept
-- for each single choice of edition, territory and type.
select
    n_organisers,
    n_with_organiser,
    n_communes,
    n_departements,
from distinct_counts
where
    edition = {{ chosen.edition }}
    and type is not distinct from {{ chosen.value('type') }}
{% if chosen.count('departement') %}
    and territory_level = 'departement'
    and territory_code = {{ chosen.value('departement') }}
{% elif chosen.count('region') %}
    and territory_level = 'region_{{ chosen.nomenclature }}'
    and territory_code = {{ chosen.value('region') }}
{% else %}
    and territory_level = 'country'
{% endif %}
