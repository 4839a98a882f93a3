"""Places that a reader writes: a postcode, a commune's code or its name in any year, found offline in the file's lists."""

from dataclasses import dataclass
from typing import Any

from campaign import store
from campaign.filters import Near
from campaign.store import gazetteer

POSTCODE, CODE, NAME, PART = 0, 1, 2, 3


@dataclass(frozen=True)
class Place:
    """A commune or arrondissement; `near_code` is what the filter `near` takes for it."""

    near_code: str
    commune_code: str
    name: str
    name_now: str | None
    departement: str
    departement_code: str
    postcode: str
    lat: float
    lon: float
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
    rows = gazetteer.rows_named(text)
    # 69001 is a postcode of Lyon, and the code of Affoux: what a filter then takes for Lyon is its own code
    is_plain = all(row["fit"] != CODE for row in rows)
    return [_place(row, text if is_plain and row["fit"] == POSTCODE else row["asked"]) for row in rows]


def meant(places: list[Place]) -> Place | None:
    """Return the place that was meant among those that a text may mean; None if the reader has to say which.

    Of the communes of a postcode it is the most populous, as in an address; a name that several places have is none's.
    """
    namesakes = [place for place in places if place.is_certain]
    if len(places) == 1 or (namesakes and (namesakes[0].fit <= CODE or len(namesakes) == 1)):
        return places[0]
    beginnings = [place for place in places if place.fit == gazetteer.BEGINNING]
    if not namesakes and len({(place.name_now, place.departement) for place in beginnings}) == 1:  # « Cherbourg »
        return min(beginnings, key=lambda place: place.near_code != place.commune_code)
    return None


def _place(row: dict[str, Any], near_code: str) -> Place:
    return Place(
        near_code=near_code,
        commune_code=row["commune_code"],
        name=row["name"],
        name_now=row["name_now"],
        departement=row["departement"],
        departement_code=row["departement_code"],
        postcode=row["postcode"],
        lat=row["lat"],
        lon=row["lon"],
        fit=row["fit"],
    )


def near(place: Place) -> Near:
    """Return the filter around a place."""
    if place.fit == POSTCODE:  # the address holds the postcode, which means its most populous commune
        row = store.query("place_of_code", code=place.near_code).one
        return Near(code=place.near_code, name=row["name"], lat=row["lat"], lon=row["lon"])
    return Near(code=place.near_code, name=place.name, lat=place.lat, lon=place.lon)


def name_of_today(near: Near) -> str | None:
    """Return what a chosen place is called today, or is part of; None where that is its name, or nothing is known."""
    for place in named(near.code):
        if place.name == near.name:
            return place.name_now if place.name_now != place.name else None
    return None


def others(near: Near) -> list[Place]:
    """Return what else a chosen place may mean: its arrondissements, communes of its postcode or of its very name."""
    alternatives = {
        (place.commune_code, place.name): place
        for text in (near.code, near.name)
        for place in named(text)
        if place.fit <= PART and (place.name, place.lat, place.lon) != (near.name, near.lat, near.lon)
    }
    return sorted(alternatives.values(), key=lambda place: (place.fit, place.commune_code if place.fit == PART else ""))
