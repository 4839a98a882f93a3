"""A view as of a day is what the lake's snapshot of that evening held, though readers keep only the latest one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaign import store
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import lake, lake_connection
from tests.records import Record, build, record

EXPORTS = {
    date(2014, 10, 1): {"a": ("Forum", "Rennes"), "b": ("Atelier", "Lyon"), "c": ("Visite", None)},
    date(2014, 10, 8): {"a": ("Grand forum", "Rennes"), "b": ("Atelier", "Rennes"), "d": ("Colloque", "Lyon")},
    date(2014, 10, 20): {"a": ("Grand forum", "Rennes"), "d": ("Colloque", None)},
}
POSTCODES = {"Rennes": "35000", "Lyon": "69003", None: None}


def rows(held: dict[str, tuple[str, str | None]]) -> list[Record]:
    """Return the records of one export; the source does not say when they were written."""
    return [
        record(uid, title=title, city=city, postcode=POSTCODES[city], created_at=None, updated_at=None)
        for uid, (title, city) in held.items()
    ]


def answers(as_of: date | None) -> dict[str, object]:
    """Return counts and titles of the file that is read, as of a day or as it stands."""
    chosen = Filters(editions=(2014,), as_of=as_of)
    listed = store.query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None)
    return {
        "totals": store.query("event_totals", chosen=chosen).rows,
        "regions": store.query("events_by_region", chosen=chosen).rows,
        "titles": sorted(zip(listed.column("event_id"), listed.column("title"), strict=True)),
    }


@pytest.mark.thorough
def test_as_of_a_day_is_the_snapshot_of_that_evening(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = {}
    for day, held in EXPORTS.items():
        build(lake_db, rows(held), is_full=True, imported_at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
        snapshots[day] = lake.published(lake_db)
    then = {day: answers(day) for day in EXPORTS}
    assert [len(then[day]["titles"]) for day in EXPORTS] == [3, 3, 2]

    with lake_connection.connected(str(lake_db)) as connection:
        lake_connection.attach(connection, str(lake_db))
        for day, copy in snapshots.items():
            path = tmp_path / f"{day}.duckdb"
            lake._materialise(connection, int(copy.stem.split("-")[1]), path)
            with monkeypatch.context() as patch:
                patch.setattr(settings(), "db", path)
                assert answers(None) == then[day]
