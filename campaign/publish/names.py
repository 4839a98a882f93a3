"""Names of communes with a typo, matched among the communes of their postcode or département, and names with a quarter behind them."""

from collections import defaultdict
from pathlib import Path
from typing import Final

import duckdb
from rapidfuzz import fuzz, process

UNMATCHED: Final = Path(__file__).with_name("unmatched_names.sql")
QUARTERS: Final = Path(__file__).with_name("quarters.sql")
LEAST_SIMILARITY = 84.0  # of 100; « Renne » for Rennes is 91, « Rennes » for Vannes is 67
LEAST_LEAD = 6.0  # points before the second candidate
_START: Final = 3  # letters by which names that may be nearly the same are found
UNNAMED: Final = """
    select 1 from place_texts
    where city_key is not null
        and text_id not in (select text_id from named_communes) and text_id not in (select text_id from ambiguous_communes)
    limit 1
"""


def match_misspelt(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `named_communes`, as step 6, the texts whose name nearly is that of one commune of their postcode or département.

    Reads place_texts, text_departements, postcode_communes and named_places. Only distinct texts that nothing else has matched
    are looked at, and only when one candidate is clearly the nearest.
    """
    rows = connection.execute(UNMATCHED.read_text("utf-8")).fetchall()
    matches = [
        (text_id, code, 6) for text_id, name, candidates in rows if (code := nearest(name, candidates)) is not None
    ]
    _add(connection, matches)


def match_quarters(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `named_communes` the texts that nothing has matched and that name a commune, then a quarter of it, or half of its name.

    As step 6 where a postcode or a département says it too, else as step 5, which yields to a pin.
    """
    if not connection.execute(UNNAMED).fetchall():
        return
    rows = connection.execute(QUARTERS.read_text("utf-8")).fetchall()
    names: dict[str, list[str]] = defaultdict(list)
    if not all(is_placed for *_, is_placed in rows):
        for (name,) in connection.execute("select distinct search_name from named_places").fetchall():
            names[name[:_START]].append(name)
    matches = [
        (text_id, code, 6 if is_placed else 5)
        for text_id, code, key, head, is_placed in rows
        if is_placed or not _is_misspelt(key, head, names[key[:_START]])
    ]
    _add(connection, matches)


def _add(connection: duckdb.DuckDBPyConnection, matches: list[tuple[int, str, int]]) -> None:
    if matches:
        texts, codes, steps = zip(*matches, strict=True)
        connection.execute(
            "insert into named_communes select unnest($texts::ubigint[]), unnest($codes::varchar[]), unnest($steps::integer[])",
            {"texts": list(texts), "codes": list(codes), "steps": list(steps)},
        )


def _is_misspelt(key: str, head: str, names: list[str]) -> bool:
    """Tell whether a text is nearly the name of another commune than the one it begins with: « Nancy sur Cluse », « Lille Bonne »."""
    others = [name.replace(" ", "") for name in names if name != head]
    return (
        process.extractOne(key.replace(" ", ""), others, scorer=fuzz.ratio, score_cutoff=LEAST_SIMILARITY) is not None
    )


def nearest(name: str, candidates: list[dict[str, str]]) -> str | None:
    """Return the code of the candidate whose name is clearly the nearest to `name`, or None."""
    scored = process.extract(
        name, {(c["code"], c["name"]): c["name"] for c in candidates}, scorer=fuzz.ratio, limit=None
    )
    best: dict[str, float] = {}  # a commune may have several names
    for _name, score, (code, _) in scored:
        best[code] = max(score, best.get(code, 0.0))
    ranked = sorted(best, key=lambda code: -best[code])
    if not ranked or best[ranked[0]] < LEAST_SIMILARITY:
        return None
    if len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < LEAST_LEAD:
        return None
    return ranked[0]
