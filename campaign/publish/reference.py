"""The reference tables: territories, chambers, editions, types and published figures, read from data/ and from the campaign's folder."""

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import TypedDict, cast

import duckdb

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.core.settings import DATA
from campaign.profile import profile
from campaign.profile.check import refuse_wrong
from campaign.profile.values import LAST_YEAR
from campaign.store import lake

HERE = Path(__file__).resolve().parent
STATEMENTS = tuple(HERE / f"{name}.sql" for name in ("reference", "commune_periods", "populations"))
SOURCE_TYPE = (
    "struct(source_id varchar, producer varchar, title varchar, url varchar, licence varchar, accessed_on date,"
    " sha256 varchar, scope struct(level varchar, code varchar, name varchar))[]"
)
EDITION_TYPE = (
    "struct(edition smallint, number smallint, starts_on date, ends_on date, core_starts_on date, core_ends_on date,"
    " nomenclature smallint)[]"
)


class Source(TypedDict, total=False):
    """One table of a sources.toml; `source_id` is the file's path in its folder, that from the root for assets/, or a name."""

    source_id: str
    producer: str
    title: str
    url: str
    licence: str
    accessed_on: date
    sha256: str
    scope: dict[str, str]


def sources(folder: Path = DATA, campaign: Path | None = None) -> list[Source]:
    """Return the files of `folder`, of the campaign's folder and of assets/, then the sources of published figures."""
    france = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    own = tomllib.loads(((campaign or profile().folder) / "sources.toml").read_text(encoding="utf-8"))
    return [
        cast(Source, {"source_id": f"assets/{name}" if group == "assets" else name, **table})
        for document, group in ((france, "files"), (own, "files"), (france, "assets"), (own, "figures"))
        for name, table in document.get(group, {}).items()
    ]


def load(connection: duckdb.DuckDBPyConnection, folder: Path = DATA) -> None:
    """Fill the reference tables of an empty event file, whose schema is there already, from `folder` and the profile.

    Also defines the macro `place_key`. Raises ProfileError when something is wrong in the campaign's folder.
    """
    campaign = profile()
    refuse_wrong(campaign.folder)
    connection.execute(lake.MACROS[0].read_text(encoding="utf-8"))
    connection.execute("set variable data = $data", {"data": folder.as_posix()})
    connection.execute("set variable profile = $profile", {"profile": campaign.folder.as_posix()})
    connection.execute("set variable sources = $sources::" + SOURCE_TYPE, {"sources": sources(folder, campaign.folder)})
    years = range(campaign.first, LAST_YEAR + 1)
    connection.execute(
        "set variable editions = $editions::" + EDITION_TYPE,
        {"editions": [campaign.edition(year)._asdict() for year in years]},
    )
    for path in STATEMENTS:
        connection.execute(path.read_text(encoding="utf-8"))
    for variable in ("sources", "editions", "profile", "data"):
        connection.execute(f"reset variable {variable}")


def region_pair(code: str) -> tuple[str | None, str | None]:
    """Return the region's codes of 2014 and of 2016 from a code of either; None where the other has no single one.

    Raises IntakeError if neither set of regions has that code.
    """
    with (DATA / "geo" / "departements_regions.csv").open(encoding="utf-8", newline="") as table:
        pairs = {(row["region_2014_code"], row["region_2016_code"]) for row in csv.DictReader(table)}
    old = {pair for pair in pairs if pair[0] == code}
    new = {pair for pair in pairs if pair[1] == code}
    if not old and not new:
        raise IntakeError(
            say("« {code} » n'est le code d'aucune région.", code=code),
            say("Donnez un code INSEE de région, par exemple 53."),
        )
    if old:
        return code, next(iter(old))[1]
    return (next(iter(new))[0] if len(new) == 1 else None), code
