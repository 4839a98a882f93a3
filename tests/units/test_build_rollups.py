"""Counts are counted again where anything that they count has changed, and only there."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaign.core.settings import DATA
from campaign.publish import rollups
from campaign.store import shape
from tests.records import build, record

ROLLUPS = (
    "event_rollup", "theme_rollup", "day_rollup", "commune_rollup", "registration_rollup", "shared_events", "organiser_rollup",
    "finding_rollup", "distinct_counts", "completeness_rollup", "search_words", "label_counts",
)  # fmt: skip
OF_TEXTS = {"finding_rollup", "completeness_rollup", "search_words"}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.duckdb"
    build(path, [record("a", organiser_labels=["Les Amis", "La Ville"]), record("b", city="Brest"), record("c")])
    return path


def content(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: connection.execute(f"from {name} order by all").fetchall() for name in ROLLUPS}


def opened(db: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(db))
    connection.execute("set timezone = 'UTC'")
    return connection


# Another value of each type, whatever the value was.
OTHERS = {
    "VARCHAR": "'autre'", "BOOLEAN": "not {c}", "SMALLINT": "2013", "INTEGER": "7", "BIGINT": "7", "DATE": "date '2013-11-30'",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '2013-11-30 10:00:00Z'", "DOUBLE": "47.5", "VARCHAR[]": "['autre']",
    "DATE[]": "[date '2013-11-30']", "UBIGINT": "7", "HUGEINT": "7",
}  # fmt: skip

# Of columns that take certain values alone.
OWN_OTHERS = {
    "attendance_mode": "'mixed'", "status": "'cancelled'", "placement": "'unlocated'", "place_precision": "'unknown'",
    "duplicate_of": "(select max(event_id) from events)",
}  # fmt: skip


@pytest.mark.in_turn
def test_a_change_of_any_column_is_counted(db: Path) -> None:
    """Whatever a build changes in an event, its counts are those that counting all anew gives: either the change is seen, and all
    is counted again, or nothing that is counted has changed.
    """
    with opened(db) as connection:
        columns = connection.execute(
            "select column_name, data_type from duckdb_columns() where table_name = 'events' and column_name <> 'event_id'"
        ).fetchall()
        rollups.rebuild(connection)
        seen, unseen = set(), []
        for column, data_type in columns:
            other = (
                OWN_OTHERS.get(column)
                or OTHERS.get(data_type)
                or "[{'begins_on': date '2013-11-30', 'ends_on': date '2013-11-30'}]"
            )
            assert data_type in OTHERS or data_type.startswith("STRUCT"), (column, data_type)
            change = f"update events set {column} = {other.replace('{c}', column)} where source_uid = (select min(source_uid) from events)"
            connection.execute("begin")
            connection.execute(change)
            if rollups._mark(connection) == rollups._kept_mark(connection):
                unseen.append(change)
            else:
                seen.add(column)
            connection.execute("rollback")
        assert {
            "edition",
            "departement_code",
            "type",
            "themes",
            "days",
            "registered_on",
            "lead_organiser_id",
            "status",
        } <= seen
        for change in unseen:
            connection.execute(change)
        rollups.rebuild(connection)
        brought = content(connection)
        connection.execute("comment on column event_rollup.n_events is null")
        rollups.rebuild(connection)
        assert brought == content(connection)


def test_a_partner_more_is_counted(db: Path) -> None:
    with opened(db) as connection:
        assert len(connection.execute("from shared_events").fetchall()) == 1
        connection.execute("update event_organisers set organiser_id = 'les-amis'")
        rollups.rebuild(connection)
        assert connection.execute("from shared_events").fetchall() == []


def test_what_counts_the_same_is_not_counted_again(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    execute = rollups.execute
    monkeypatch.setattr(rollups, "execute", lambda connection, name: (ran.append(name), execute(connection, name))[1])
    with opened(db) as connection:
        connection.execute(
            "update events set title = 'Un autre titre, 1re 2014', description = 'Une autre description'"
        )
        rollups.rebuild(connection)
        assert ran == ["rollups_of_texts.sql"]
        words = {word for (word,) in connection.execute("select word from search_words").fetchall()}
        assert {"autre", "titre", "1re"} <= words
        assert "2014" not in words  # no misspelt word ever meant a number
        connection.execute("update events set type = 'autre'")
        rollups.rebuild(connection)
    assert ran == ["rollups_of_texts.sql", "rollups.sql", "rollups_of_texts.sql"]


def test_another_way_of_counting_counts_again(db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that an older version of the application counted is counted again by this one."""
    for name in (rollups.COUNTS, rollups.INPUTS, "rollups_of_texts.sql"):
        (tmp_path / name).write_text((rollups.HERE / name).read_text("utf-8"), "utf-8")
    with opened(db) as connection:
        connection.execute("truncate label_counts")
        rollups.rebuild(connection)
        assert (
            connection.execute("from label_counts").fetchall() == []
        )  # taken as it is: nothing that it counts has changed
        (tmp_path / rollups.COUNTS).write_text(
            (rollups.HERE / rollups.COUNTS).read_text("utf-8") + "\n-- again\n", "utf-8"
        )
        monkeypatch.setattr(rollups, "HERE", tmp_path)
        rollups.rebuild(connection)
        assert connection.execute("from label_counts").fetchall()


def test_the_columns_of_the_schema_are_those_that_its_statements_make() -> None:
    with duckdb.connect() as connection:
        connection.execute((DATA / "schema.sql").read_text("utf-8"))
        assert shape.wanted() == shape.columns(connection, "memory")
