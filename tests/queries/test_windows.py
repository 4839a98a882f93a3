"""No window over all rows: `over ()` on several threads breaks DuckDB (its issues 22352, 22846, 25713), and with it the database.

A window with a partition or an order goes another way through DuckDB, and `row_number() over ()` is streamed: neither breaks.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campaign import store
from campaign.core.settings import ROOT
from campaign.filters import Filters
from campaign.store import templates
from tests.queries.test_headers import NAMES, VALUES, parameters_of

OVER_ALL = re.compile(
    r"(row_number\(\)|\))\s+over\s*\(\s*(?!\s|partition\b|order\b)|\b(window)\s+\w+\s+as\s*\(\s*(?!\s|partition\b|order\b)",
    re.IGNORECASE,
)
STREAMED = "row_number()"
CHOICES = (Filters(editions=(2014,)), Filters(regions=("53",), types=("conference",)))


def windows_over_all(text: str) -> list[str]:
    """Return the windows in a text that take all rows as they come, those that are streamed left out."""
    return [window[0] for window in OVER_ALL.finditer(text) if (window[1] or window[2]).lower() != STREAMED]


def nodes_of(plan: Any) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from nodes_of(node["children"])


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("select count(distinct c.event_id) over () as n", 1),
        ("count(*) / sum(count(*)) over ()", 1),
        ("count(*) filter (where x) over ()", 1),
        ("qualify fit <= min(fit) over ( )", 1),
        ("sum(x) over (rows unbounded preceding)", 1),
        ("window w as (\n    rows unbounded preceding\n)", 1),
        ("row_number() over () as span_id", 0),
        ("count(*) over (\n    partition by a\n)", 0),
        ("row_number() over (order by a)", 0),
        ("window w as (\n    partition by a\n)", 0),
        ("first_value(a) over w", 0),
    ],
)
def test_windows_over_all_rows_are_found(text: str, n: int) -> None:
    assert len(windows_over_all(text)) == n


def test_no_sql_has_a_window_over_all_rows() -> None:
    written = [
        path
        for folder in ("queries", "campaign", "data", "pages", "tools", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".sql", ".py") and path != Path(__file__)
    ]
    assert len([path for path in written if path.suffix == ".sql"]) > 100
    by_file = {path.relative_to(ROOT).as_posix(): windows_over_all(path.read_text("utf-8")) for path in written}
    assert {path: windows for path, windows in by_file.items() if windows} == {}


@pytest.mark.usefixtures("reading_demo")
@pytest.mark.parametrize("chosen", CHOICES, ids=["edition", "parts"])
def test_no_query_is_planned_with_a_window_over_all_rows(chosen: Filters) -> None:
    cursor = store.reader().cursor()
    n_windows = 0
    broken = []
    for name in NAMES:
        given = {key: chosen if key == "chosen" else VALUES[key] for key in parameters_of(name)}
        sql, values = templates.planned(templates.text_of(name), given)
        (_kind, plan), *_rest = cursor.execute(f"explain (format json) {sql}", values).fetchall()
        for node in nodes_of(json.loads(plan)):
            if node["name"] == "WINDOW":
                n_windows += 1
                if "OVER ()" in str(node["extra_info"]):
                    broken.append((name, node["extra_info"]))
    assert n_windows > 10
    assert not broken
