"""Rows that a file rarely holds, written into a copy of the tiny one (conftest.py): which queries take them, and which leave them out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import query
from tests.records import events_of

OF_2014 = Filters(editions=(2014,))


@pytest.fixture
def alter(tiny_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what runs statements on a copy of the tiny file and has it read."""

    def run(*statements: str) -> None:
        path = Path(shutil.copyfile(tiny_db, tmp_path / "campaign.duckdb"))
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        monkeypatch.setattr(settings(), "db", path)

    return run


def test_what_was_cancelled_waits_no_longer(alter: Callable[..., None], reading_tiny: Path) -> None:
    def waiting(edition: int) -> tuple[int, list[int]]:
        awaiting = {"chosen": Filters(), "edition": edition}
        chambers = query("awaiting_by_chamber", **awaiting).column("n_events")
        return query("awaiting_in_territory", **awaiting).one["n_events"], chambers

    assert (waiting(2013), waiting(2014)) == ((0, []), (1, [1]))
    alter("update events set status = 'cancelled' where source_uid = '5'")
    assert waiting(2014) == (0, [])


def test_a_hundred_events_make_an_edition_the_current_one(alter: Callable[..., None]) -> None:
    a_hundred = "update event_rollup set n_events = 5 * n_events where edition = 2014"
    alter("update event_rollup set edition = 2015 where edition = 2013", a_hundred)
    assert query("current_edition").one == {"edition": 2014}


def test_a_demonstration_event_that_was_replaced_is_shown_nowhere(alter: Callable[..., None]) -> None:
    alter("update events set is_withheld = true where source_uid = '25'")
    listed = query("findings_listed", chosen=OF_2014, kind=None, with_unpublished=True, limit=None)
    assert "5" in listed.column("title")
    assert "25" not in listed.column("title")
    replaced = events_of(Path(settings().db), "event_id")["25"]
    assert query("unknown_event_ids", ids=(replaced,)).column("event_id") == [replaced]
    assert {row["edition"]: row["n_events"] for row in query("press_counts_by_import").rows} == {2013: 3, 2014: 19}
