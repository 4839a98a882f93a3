"""Regions and the nomenclature that their codes are of: that in force for the editions, unless the other one is asked for."""

from campaign.core.language import _
from campaign.core.nomenclatures import NOMENCLATURES, Nomenclature
from campaign.filters.declaration import Json, Reading
from campaign.filters.kinds import Choice
from campaign.filters.known import Codes, codes, nomenclature_of
from campaign.store import catalog
from campaign.wording.quantities import listed


class Nomenclatures(Choice):
    """2014 or 2016; none is read where none is given: it follows from the editions."""

    def schema(self, known: Codes) -> Json:
        """Return the values."""
        return {"type": "string", "enum": [str(year) for year in NOMENCLATURES]}


def known_regions(reading: Reading) -> frozenset[str]:
    """Return the codes of the regions in the nomenclature of a reading."""
    return reading.known.regions[_nomenclature(reading)]


def refusal(code: str, reading: Reading) -> str:
    """Return why a region's code is refused, where the other nomenclature has it; else ""."""
    return of_the_other(code, _nomenclature(reading))


def of_the_other(code: str, nomenclature: Nomenclature) -> str:
    """Return which region has a code that only the other nomenclature has, and which ones stand in its place; "" for none.

    "44 = Grand Est, découpage de 2016 ; dans celui de 2014 : 21 = Champagne-Ardenne, 41 = Lorraine et 42 = Alsace."
    """
    regions = codes().regions
    other = next((year for year in NOMENCLATURES if year != nomenclature and code in regions[year]), None)
    if other is None or code in regions[nomenclature]:
        return ""
    own_at, other_at = NOMENCLATURES.index(nomenclature), NOMENCLATURES.index(other)
    places = [entry.parents for entry in catalog.labels("departement").values()]
    here = sorted({parents[own_at] for parents in places if parents[other_at] == code})
    return _(
        "{code} = {name}, découpage de {other} (nomenclature={other}) ; dans celui de {own} : {listed}.",
        code=code,
        name=catalog.label(f"region_{other}", code),
        other=other,
        own=nomenclature,
        listed=listed(f"{each} = {catalog.label(f'region_{nomenclature}', each)}" for each in here),
    )


def _nomenclature(reading: Reading) -> Nomenclature:
    requested: Nomenclature | None = reading.fields["nomenclature"]
    return requested or nomenclature_of(reading.fields["editions"])
