"""The periods of communes: INSEE's history until 1 January 2019, then the lists of 1 January, from @etalab/decoupage-administratif.

A period is a row: its code and name, from, to, how exactly these days are known, who holds its territory next.
"""

import json
import re
import tarfile
import unicodedata
from collections import defaultdict
from itertools import pairwise

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
SAME_TERRITORY = ("changement de nom", "changement de chef lieu", "changement de département")
NO_CHANGE = ("fusion totale", "fusion partielle")  # communes associées lose that rank: same name, code and territory


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
