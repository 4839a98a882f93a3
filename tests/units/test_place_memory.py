"""What is remembered of places is what they would be located as, and a memory of something else is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaign.intake import STAGING, types
from campaign.publish import accounting, pipeline, place_memory, placing
from campaign.publish.place_memory import PlaceMemory
from campaign.publish.workspace import workspace
from tests import prepared
from tests.records import IMPORTED_AT, TEST_OPTIONS, record, stage
from tests.units.test_build_places import CASES

MADE = {
    "located_places": "order by place_id",
    "place_findings": "order by record_id, kind, detail",
    "unread_texts": "order by text_id",
    "incoming": "order by record_id",
}
ROWS = [record(uid, **fields) for uid, (fields, *_expected) in CASES.items()] + [
    record("misspelt", city="Renne"),
    record("not a postcode", postcode="ABC", city="Rennes", departement_label="Nulle part", lat=48.11, lon=-1.68),
]


@contextmanager
def building(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a building copy in which records of every kind of place are staged, with their types."""
    with workspace(folder / "campaign.duckdb", fresh=True) as work:
        pipeline.prepare(work.connection, is_new=True)
        accounting.open_accounts(work.connection, {0: TEST_OPTIONS}, IMPORTED_AT, 0)
        work.connection.execute(STAGING.read_text("utf-8"))
        stage(ROWS, work.connection)
        types.assign(work.connection)
        yield work.connection


def pop_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return what locating made, and forget it."""
    tables = {name: connection.execute(f"from {name} {order}").fetchall() for name, order in MADE.items()}
    for name in MADE:
        connection.execute(f"drop table {name}")
    return tables


@pytest.mark.in_turn
def test_places_that_are_remembered_are_as_they_were_located(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with building(tmp_path) as connection:
        prepared.locate_at_length(connection)
        located = pop_tables(connection)
        placing.locate(connection, PlaceMemory(connection, tmp_path / "memory"))
        assert pop_tables(connection) == located
        with monkeypatch.context() as patch:
            patch.setattr(placing, "_look_up", lambda _connection: pytest.fail("they are known"))
            placing.locate(connection, PlaceMemory(connection, tmp_path / "memory"))
        assert pop_tables(connection) == located
        assert located["unread_texts"]
        assert len({kind for _record, kind, _detail in located["place_findings"]}) > 5


@pytest.mark.in_turn
@pytest.mark.parametrize(("most", "n_kept"), [(place_memory.N_KEPT, 4), (2, 1)], ids=["few", "more than are kept"])
def test_a_place_that_is_not_known_is_located_and_kept_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, n_kept: int
) -> None:
    monkeypatch.setattr(place_memory, "N_KEPT", most)
    with building(tmp_path) as connection:
        connection.execute("delete from staged_records where record_id > 3")
        placing.locate(connection, places := PlaceMemory(connection, tmp_path))
        stage([record("new", city="Brest", postcode="29200")], connection)
        connection.execute("delete from staged_records where title <> 'new'")
        placing.locate(connection, places)
        assert connection.execute("select commune_code from located_places").fetchall() == [("29019",)]
        assert PlaceMemory(connection, tmp_path).recall()
        assert connection.execute("select count(*) from remembered_places").fetchall() == [(n_kept,)]


@pytest.mark.in_turn
def test_a_memory_of_other_communes_or_a_damaged_one_is_none(tmp_path: Path) -> None:
    with building(tmp_path) as connection:
        placing.locate(connection, PlaceMemory(connection, tmp_path))
        (file,) = tmp_path.glob("places-*.parquet")
        file.write_bytes(file.read_bytes()[:-9])
        assert not PlaceMemory(connection, tmp_path).recall()
        placing.locate(connection, PlaceMemory(connection, tmp_path))
        connection.execute("update communes set lat = lat + 1 where commune_code = '35238'")
        assert not PlaceMemory(connection, tmp_path).recall()
