"""Names of communes with a typo, matched among the communes of their postcode or département."""

from pathlib import Path
from typing import Final

import duckdb
from rapidfuzz import fuzz, process

UNMATCHED: Final = Path(__file__).with_name("unmatched_names.sql")
LEAST_SIMILARITY = 84.0  # of 100; « Renne » for Rennes is 91, « Rennes » for Vannes is 67
LEAST_LEAD = 6.0  # points before the second candidate


def match_misspelt(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `named_communes`, as step 6, the texts whose name nearly is that of one commune of their postcode or département.

    Reads place_texts, text_departements, postcode_communes and named_places. Only distinct texts that nothing else has matched
    are looked at, and only when one candidate is clearly the nearest.
    """
    rows = connection.execute(UNMATCHED.read_text("utf-8")).fetchall()
    matches = [(text_id, code) for text_id, name, candidates in rows if (code := nearest(name, candidates)) is not None]
    if matches:
        connection.execute(
            "insert into named_communes select unnest($texts::ubigint[]), unnest($codes::varchar[]), 6",
            {"texts": [text_id for text_id, _ in matches], "codes": [code for _, code in matches]},
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
