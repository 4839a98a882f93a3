"""Populations of communes by census year, from registry packages.

    python -m tools.geography.populations SRC [OUT]

SRC holds etalab-decoupage-administratif in the versions of POPULATIONS. Writes populations.parquet into OUT, by default
data/geo: one row per year and commune, with the 1 January whose communes that version lists. What a merger made is counted
once, under the commune that it became. The year 2016 stands in communes_2014.parquet. Mayotte is always that of 2017.
"""

import datetime
import sys
from pathlib import Path

import pandas as pd

from tools.geography.commune_periods import current
from tools.geography.commune_places import POPULATIONS
from tools.geography.package import departement_of
from tools.geography.shapes import DATA

FIRST = 2019  # the year before stands with the communes of 2014
DEPARTEMENTS = set(pd.read_csv(DATA / "departements_regions.csv", dtype=str).dep_code)


def main() -> None:
    """Write the populations."""
    source = Path(sys.argv[1])
    out_folder = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    rows = [
        (year, datetime.date(counted_on, 1, 1), code, record["population"])
        for year, version, counted_on in sorted(POPULATIONS)
        if year >= FIRST
        for code, record in sorted(current(source, version).items())
        if record.get("population") is not None and departement_of(code) in DEPARTEMENTS
    ]
    frame = pd.DataFrame(rows, columns=["year", "counted_on", "commune_code", "population"])
    frame = frame.astype({"year": "int16", "population": "int32"})
    frame.to_parquet(out_folder / "populations.parquet", index=False, compression="zstd", compression_level=19)
    print(frame.groupby(["year", "counted_on"]).population.agg(["size", "sum"]))


if __name__ == "__main__":
    main()
