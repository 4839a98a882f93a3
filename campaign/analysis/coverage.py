"""Where one more event would reach the most people: exact greedy choice among all communes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

EARTH_KM: Final = 6371.0
KM_PER_DEGREE: Final = 110.5  # at least; a degree of latitude is longer

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A commune where one more event would bring `gain` people within the radius, after the places before it."""

    commune_code: str
    name: str
    departement_code: str
    gain: int


def best_places(rows: Sequence[Mapping[str, Any]], *, radius_km: float, n: int = 10) -> list[Place]:
    """Return the n communes that reach the most people not reached yet, one after the other.

    `rows` are those of `communes_reached`. Each step takes the best of all communes given what those before reach (ties: the
    first row). A gain only falls as places are added, so only those that may still be best are counted again: the
    answer is that of trying all.
    """
    lat = np.array([row["lat"] for row in rows], dtype=float)
    lon = np.array([row["lon"] for row in rows], dtype=float)
    people = np.array(
        [0 if row["km"] is not None and row["km"] <= radius_km else row["population"] for row in rows], dtype=float
    )
    order = np.argsort(lat, kind="stable")
    sorted_lat = lat[order]
    near: dict[int, NDArray[np.int64]] = {}

    def around(site: int) -> NDArray[np.int64]:
        """Return the communes within the radius of a site."""
        if site not in near:
            reach = radius_km / KM_PER_DEGREE
            low, high = np.searchsorted(sorted_lat, [lat[site] - reach, lat[site] + reach], side="left")
            band = order[low : high + 1]
            band = band[np.abs(lon[band] - lon[site]) <= _degrees_east(reach, lat[site])]
            near[site] = band[distances(lat[site], lon[site], lat[band], lon[band]) <= radius_km]
        return near[site]

    bounds = _bounds(lat, lon, people, radius_km)
    chosen: list[Place] = []
    while len(chosen) < n and len(rows):
        best = _best(bounds, people, around)
        gain = people[around(best)].sum()
        if gain <= 0:
            break
        row = rows[best]
        chosen.append(Place(row["commune_code"], row["name"], row["departement_code"], int(gain)))
        people[around(best)] = 0
        bounds[best] = 0
    return chosen


def _degrees_east(degrees_north: float, lat: Any) -> Any:
    """Return at least as many degrees of longitude as are as long as degrees of latitude."""
    return degrees_north / np.maximum(np.cos(np.radians(lat)) - 0.02, 0.1)


def _bounds(lat: Floats, lon: Floats, people: Floats, radius_km: float) -> Floats:
    """Return of each site at least as many people as are within the radius: those of a box that holds the circle.

    Boxes are read from bands of latitude, as high as the radius, by sums from west to east: a thousand times as fast as circles.
    """
    reach = radius_km / KM_PER_DEGREE
    east = _degrees_east(reach, lat)
    band = np.floor(lat / reach)
    order = np.lexsort((lon, band))
    starts = np.flatnonzero(np.diff(band[order])) + 1
    bands = {float(band[sites[0]]): sites for sites in np.split(order, starts) if len(sites)}
    bounds = np.zeros(len(lat))
    for key, held in bands.items():
        sums = np.concatenate(([0.0], np.cumsum(people[held])))
        for sites in (bands[near] for near in (key - 1, key, key + 1) if near in bands):
            first = np.searchsorted(lon[held], lon[sites] - east[sites], side="left")
            last = np.searchsorted(lon[held], lon[sites] + east[sites], side="right")
            bounds[sites] += sums[last] - sums[first]
    return bounds


def _best(bounds: Floats, people: Floats, around: Any) -> int:
    """Return the site with the greatest gain: bounds, never too low, are brought up to date until the greatest is exact."""
    fresh: set[int] = set()
    while True:
        site = int(np.argmax(bounds))
        if site in fresh:
            return site
        bounds[site] = people[around(site)].sum()
        fresh.add(site)


def distances(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """Return great-circle distances in km, as macro distance_km computes them."""
    lat_a, lat_b = np.radians(lat), np.radians(lats)
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))
