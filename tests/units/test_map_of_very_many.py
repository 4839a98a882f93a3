"""The map of places in a browser: its groups, its days, and départements in place of very many places."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from campaign import store
from campaign.filters import Filters
from campaign.view import event_map
from campaign.view.components import cluster_map

CHOSEN = Filters(editions=(2014,))
pytestmark = pytest.mark.usefixtures("reading_demo")


def drawn(rows: list[dict[str, Any]], **given: Any) -> dict[str, Any]:
    attribute = re.search(r'data-map="(.*?)"', cluster_map.html(CHOSEN, rows, label="Carte", **given))
    assert attribute
    data: dict[str, Any] = json.loads(unescape(attribute[1]))
    return data


def test_very_many_places_are_drawn_as_departements(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = store.query("event_places", chosen=CHOSEN).rows
    assert event_map.drawable(rows) is rows
    monkeypatch.setattr(event_map, "MOST_PLACES", 5)
    grouped = event_map.drawable([*rows, {**rows[0], "departement_code": None, "place": "1.0,2.0", "n_events": 3}])
    assert sum(row["n_events"] for row in grouped) == sum(row["n_events"] for row in rows) + 3
    assert len(grouped) == len({row["departement_code"] for row in rows}) + 1
    *_at, n_events, _name, href, place = max(drawn(grouped)["places"], key=lambda each: each[2])
    code = place.removeprefix("D")
    assert n_events == sum(row["n_events"] for row in rows if row["departement_code"] == code)
    assert f"departement={code}" in href


def test_days_of_the_map_add_up_to_its_events() -> None:
    rows = store.query("event_places", chosen=CHOSEN).rows
    answer = store.query("place_days", chosen=CHOSEN, by_departement=False)
    days = drawn(rows, days=answer)["days"]
    assert len(days["labels"]) == len(days["totals"]) > 28
    assert sum(first for _n, first in days["totals"]) == sum(first for *_row, first in days["rows"])
    assert sum(first for *_row, first in days["rows"]) == store.query("event_totals", **CHOSEN.params()).one["n_events"]
    nobody = store.query(
        "place_days", chosen=CHOSEN.replace(from_day=date(2014, 1, 1), to_day=date(2014, 1, 1)), by_departement=False
    )
    assert drawn([], days=nobody)["days"] == {"labels": [], "totals": [], "rows": []}
