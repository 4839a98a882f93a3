"""What a change of a filter on the overview asks of the event file: nothing that the page does not show.

Each query is planned anew: one to three milliseconds of processor, of some thirty that a change takes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from campaign.drawings import on_page
from campaign.store import event_file
from tests.pages.conftest import Draw


@pytest.fixture
def queries_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the queries that were run, in order."""
    names: list[str] = []
    run = event_file._run

    @contextmanager
    def noted(current: Any, name: str, params: Any) -> Iterator[Any]:
        names.append(name)
        with run(current, name, params) as cursor:
            yield cursor

    monkeypatch.setattr(event_file, "_run", noted)
    yield names
    event_file._answer.cache_clear()


@pytest.mark.parametrize("change", [{"region": "24"}, {"type": "atelier"}, {"edition": "2012"}])
def test_a_change_asks_only_for_what_is_shown(draw: Draw, queries_run: list[str], change: dict[str, str]) -> None:
    for cached in (event_file._answer, on_page._on_page, on_page._figures):
        cached.cache_clear()
    draw("overview", nomenclature="2014", **change)
    assert {"events_by_region", "events_by_type", "events_by_edition"} <= set(queries_run)
    assert not {"events_by_day", "events_by_departement"} & set(queries_run)
