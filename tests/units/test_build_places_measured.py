"""Placing measured where the truth is known: communes of 2014, written as people write them.

`PLACES=36000 python -m pytest tests/units/test_build_places_measured.py -s` measures on as many as there are.
"""

import os
import random
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from campaign.core.settings import DATA
from campaign.publish import pipeline
from tests.records import TEST_OPTIONS, findings_of, rows_of

N_PLACES = int(os.environ.get("PLACES", "1500"))
LEAST_RIGHT = 0.995
# What tells that a place is to be looked at: without one of these a wrong département would be silent.
TELLING = {"place_conflict", "commune_unrecognised", "commune_ambiguous", "outside_france", "outside_101", "unlocated"}

Spelling = Callable[[random.Random, str, str], tuple[str | None, str | None]]


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def misspelt(chance: random.Random, name: str) -> str:
    """One letter left out, doubled, or another in its place."""
    at = chance.randrange(1, max(2, len(name) - 1))
    return name[:at] + chance.choice(["", name[at - 1] * 2, chance.choice("aeionrst")]) + name[at + (len(name) > 3) :]


def of_the_departement(chance: random.Random, postcode: str) -> str:
    """A postcode that no commune lists, as CEDEX ones are."""
    return postcode if postcode[:2] in ("20", "97") else f"{postcode[:2]}{chance.randrange(900, 999)}"


SPELLINGS: dict[str, Spelling] = {
    "exact": lambda c, name, code: (name, code),
    "capitals": lambda c, name, code: (without_accents(name).upper(), code),
    "without hyphens": lambda c, name, code: (without_accents(name).replace("-", " ").replace("'", " "), code),
    "St": lambda c, name, code: (name.replace("Saint-", "St ").replace("Sainte-", "STE "), code),
    "misspelt": lambda c, name, code: (misspelt(c, name), code),
    "CEDEX": lambda c, name, code: (f"{name} CEDEX {c.randrange(1, 20)}", of_the_departement(c, code)),
    "lost zero": lambda c, name, code: (name, code.removeprefix("0")),
    "postcode alone": lambda c, name, code: (None, code),
    "postcode in the name": lambda c, name, code: (f"{code} {name}", None),
    "département in brackets": lambda c, name, code: (f"{name} ({code[:2]})", code),
    "pin alone": lambda c, name, code: (None, None),
}
PINS: dict[str, Callable[[float, float], tuple[float | None, float | None]]] = {
    "none": lambda lat, lon: (None, None),
    "right": lambda lat, lon: (lat, lon),
    "swapped": lambda lat, lon: (lon, lat),
    "zero": lambda lat, lon: (0.0, 0.0),
    "at sea": lambda lat, lon: (45.0, -8.0),
}


@dataclass(frozen=True)
class Place:
    departement: str
    spelling: str
    pin: str
    city: str | None
    postcode: str | None
    lat: float | None
    lon: float | None


def draw_places(seed: int, pins: dict[str, Callable[[float, float], tuple[float | None, float | None]]]) -> list[Place]:
    """Return places whose département is known, of communes and arrondissements drawn by chance."""
    chance = random.Random(seed)  # noqa: S311
    with duckdb.connect() as connection:
        communes = connection.execute(
            "select nom, dep_code, codes_postaux, lat, lon from read_parquet($path) where len(codes_postaux) > 0 order by code",
            {"path": str(DATA / "geo" / "communes_2014.parquet")},
        ).fetchall()
    places = []
    for name, departement, postcodes, lat, lon in chance.choices(communes, k=N_PLACES):
        spelling, pin = chance.choice(list(SPELLINGS)), chance.choice(list(pins))
        if spelling == "pin alone":
            pin = "right" if "right" in pins else pin
        city, postcode = SPELLINGS[spelling](chance, name, chance.choice(postcodes))
        places.append(Place(departement, spelling, pin, city, postcode, *pins[pin](lat, lon)))
    return places


def stage(places: list[Place], connection: duckdb.DuckDBPyConnection) -> None:
    """Stage one record per place, its number as its identifier."""
    fields = ("city", "postcode", "lat", "lon")
    columns = {name: pa.array([getattr(place, name) for place in places]) for name in fields}
    given = pa.table({"number": pa.array(range(len(places)), pa.int32()), **columns})
    connection.register("places_of_the_test", given)
    connection.execute("""
        insert into staged_records by name
        select
            number as record_id, 'essai.csv' as file, number::varchar as source_uid, true as is_published, 'Atelier' as title,
            []::varchar[] as theme_labels, []::varchar[] as keywords, []::varchar[] as organiser_labels,
            []::varchar[] as accessibility, [{'begins': '2014-11-05', 'ends': null}] as timings,
            city::varchar as city, postcode::varchar as postcode, lat::double as lat, lon::double as lon
        from places_of_the_test
    """)


def judged(
    db: Path, places: list[Place]
) -> tuple[Counter[str], list[tuple[Place, str | None]], list[tuple[Place, str | None]]]:
    """Return how many are right by spelling, which are not, and which of those nothing tells of."""
    pipeline.run(db, [partial(stage, places)], TEST_OPTIONS)
    departements = dict(rows_of(db, "select source_uid, departement_code from events"))
    findings = findings_of(db)
    right: Counter[str] = Counter()
    wrong, silent = [], []
    for number, place in enumerate(places):
        departement = departements[str(number)]
        if departement == place.departement:
            right[place.spelling] += 1
            continue
        wrong.append((place, departement))
        if departement is not None and not findings.get(str(number), set()) & TELLING:
            silent.append((place, departement))
    return right, wrong, silent


@pytest.mark.in_turn
@pytest.mark.parametrize("seed", [2014])
def test_nearly_all_get_the_right_departement_and_none_silently_a_wrong_one(tmp_path: Path, seed: int) -> None:
    places = draw_places(seed, PINS)
    right, wrong, silent = judged(tmp_path / "campaign.duckdb", places)
    n_of = Counter(place.spelling for place in places)
    print({spelling: f"{right[spelling]}/{n}" for spelling, n in n_of.items()}, wrong[:20])
    assert silent == []
    assert sum(right.values()) >= LEAST_RIGHT * len(places), wrong[:20]


@pytest.mark.in_turn
def test_a_pin_far_from_what_the_text_says_is_always_told(tmp_path: Path) -> None:
    far = {"far": lambda lat, lon: (lat + (3 if lat < 46 else -3), lon)}
    places = [place for place in draw_places(7, far) if place.spelling != "pin alone"]
    _right, _wrong, silent = judged(tmp_path / "campaign.duckdb", places)
    assert silent == []
