"""Whether a text that stands beside a table, a sheet's name or a heading among the rows, is the name of a place."""

import csv
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import duckdb

from campaign.core.settings import DATA
from campaign.intake.fields.likeness import words
from campaign.profile import profile

_NUMBERED: Final = re.compile(
    r"(?i)^\s*(?P<before>\d{2,3}|2[ab])?\s*(?:[-–—:]\s*)?(?P<name>[^()\d]*?)\s*(?:\(?\s*(?P<after>\d{2,3}|2[ab])\s*\)?)?\s*$"
)
_FEWEST_CODES: Final = 3
_NAMESAKES: Final = frozenset({"paris"})  # towns that are better known than their territory
_HEAD: Final = re.compile(r"(?i)^\s*d[ée]p(?:artement|t)?\.?\s*(?:du|de la|de l'|des|de|d')?\s+")


def _without_body(text: str) -> str:
    """Return a text without the acronym of the campaign's regional bodies at its head."""
    short = profile().settings.chamber.short
    return re.sub(rf"(?i)^\s*{re.escape(short)}\s+", "", text) if short else text


def departement_of(text: str) -> str | None:
    """Return the code of the département that a text names, and nothing else: « 35 », « Ille-et-Vilaine », « 35 – Ille-et-Vilaine »."""
    match = _NUMBERED.fullmatch(_HEAD.sub("", _without_body(text)))
    if match is None:
        return None
    by_name, by_code = _departements()
    code = (match["before"] or match["after"] or "").upper() or None
    name = words(match["name"])
    if name:
        named = by_name.get(name)
        return named if named and code in (None, named) else None
    return code if code in by_code else None


def is_commune(text: str) -> bool:
    """Tell whether a text is the name of a commune."""
    return words(text) in _communes()


def is_region(text: str) -> bool:
    """Tell whether a text is the name of a région, of either nomenclature."""
    return words(text) in _regions()


def region_of(text: str) -> str | None:
    """Return the name of the région that a text gives, alone or after the acronym of its body; None if it gives none."""
    name = _without_body(text).strip()
    return name if is_region(name) else None


@cache
def _regions() -> frozenset[str]:
    with (DATA / "geo" / "departements_regions.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return frozenset(words(row[column]) for row in rows for column in ("region_2014_name", "region_2016_name")) - {""}


@cache
def territories() -> list[str]:
    """Return the plain names of régions and départements, but that of « Paris »."""
    columns = ("dep_name", "region_2014_name", "region_2016_name")
    with (DATA / "geo" / "departements_regions.csv").open(encoding="utf-8", newline="") as source:
        names = {words(row[column]) for row in csv.DictReader(source) for column in columns}
    return sorted(names - _NAMESAKES - {""})


@cache
def large_towns() -> list[str]:
    """Return the plain names of the towns that maps name."""
    rows = json.loads((DATA / "geo" / "towns.json").read_text(encoding="utf-8"))
    return sorted(words(name) for _lon, _lat, name, _zoom in rows)


def towns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the plain names of the communes that a part of a place is: of 20,000 people and more, of 3,000 if no other is called so.

    Of a saint's name there are churches and schools too, with an article other things: « La Couronne », « L'Hôpital ».
    """
    rows = connection.execute(
        """
        select nom
        from read_parquet($1)
        where type = 'commune'
        group by nom
        having
            max(population) >= 20000
            or (max(population) >= 3000 and count(*) = 1 and not regexp_matches(nom, '^(?:Sainte?-|L[ea]s? |L[''’])'))
        """,
        [str(DATA / "geo" / "communes_2014.parquet")],
    ).fetchall()
    return sorted({words(name) for (name,) in rows})


def are_other_codes(values: Sequence[str], field: str) -> bool:
    """Tell whether most values of a column of codes of communes (`commune_code`) are postcodes instead, or of postcodes such codes."""
    if len(values) < _FEWEST_CODES:
        return False
    own, other = _codes() if field == "commune_code" else _codes()[::-1]
    return 2 * sum(value in own for value in values) < len(values) and 5 * sum(
        value in other for value in values
    ) >= 4 * len(values)


@cache
def _codes() -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of communes, and their postcodes."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select code, codes_postaux from read_parquet($1)", [str(DATA / "geo" / "communes_2014.parquet")]
        ).fetchall()
    return frozenset(code for code, _ in rows), frozenset(postcode for _, each in rows for postcode in each or ())


@cache
def _departements() -> tuple[dict[str, str], frozenset[str]]:
    with (DATA / "geo" / "departements_regions.csv").open(encoding="utf-8", newline="") as source:
        rows = [(row["dep_code"], words(row["dep_name"])) for row in csv.DictReader(source)]
    return {name: code for code, name in rows}, frozenset(code for code, _ in rows)


@cache
def _communes() -> frozenset[str]:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select nom from read_parquet($1)", [str(DATA / "geo" / "communes_2014.parquet")]
        ).fetchall()
    return frozenset(words(name) for (name,) in rows)
