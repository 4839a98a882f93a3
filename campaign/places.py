"""Places that a reader writes: a postcode, a commune's code or its name, found offline in the file's list of communes."""

from dataclasses import dataclass
from typing import Any, Final

from campaign import store
from campaign.filters import Near

MOST: Final = 12
POSTCODE, CODE, NAME, PART = 0, 1, 2, 3


@dataclass(frozen=True)
class Place:
    """A commune or arrondissement; `asked` is what the filter `near` takes for it."""

    asked: str
    commune_code: str
    name: str
    departement: str
    departement_code: str
    postcode: str
    fit: int

    @property
    def is_certain(self) -> bool:
        """Whether it is the code, the postcode or the very name that was written."""
        return self.fit <= NAME


def named(text: str) -> list[Place]:
    """Return the places that a text may mean, the likeliest first: "35000", "Lyon" with its arrondissements, "st denis"."""
    text = text.strip()
    if not text:
        return []
    rows = store.query("places_named", text=text[:100], limit=MOST).rows
    # 69001 is a postcode of Lyon, and the code of Affoux: what a filter then takes for Lyon is its own code
    is_plain = all(row["fit"] != CODE for row in rows)
    return [_place(row, text if is_plain and row["fit"] == POSTCODE else row["commune_code"]) for row in rows]


def _place(row: dict[str, Any], asked: str) -> Place:
    return Place(
        asked=asked,
        commune_code=row["commune_code"],
        name=row["name"],
        departement=row["departement"],
        departement_code=row["departement_code"],
        postcode=row["postcode"],
        fit=row["fit"],
    )


def near(place: Place) -> Near:
    """Return the filter around a place."""
    row = store.query("place_of_code", code=place.asked).one
    return Near(code=place.asked, name=row["name"], lat=row["lat"], lon=row["lon"])


def others(near: Near) -> list[Place]:
    """Return what else a chosen place may mean: its arrondissements, communes of its postcode or of its very name."""
    own = store.query("place_of_code", code=near.code).one["commune_code"]
    found = {place.commune_code: place for text in (near.code, near.name) for place in named(text) if place.fit <= PART}
    found.pop(own, None)
    return sorted(found.values(), key=lambda place: (place.fit, place.commune_code if place.fit == PART else ""))
