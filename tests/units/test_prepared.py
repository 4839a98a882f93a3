"""Files that are begun by the short way of tests/prepared.py are those of the long way; shared files are only read."""

import os
import threading
from pathlib import Path

import duckdb
import pytest

from campaign.publish import pipeline
from campaign.publish.importing import run_import
from tests import kept, prepared
from tests.intake_files import write
from tests.queries.conftest import TINY
from tests.records import IMPORTED_AT, build, record


def content(db: Path) -> dict[str, object]:
    """Return the rows of each table, in one order, and each definition."""
    with duckdb.connect(str(db), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal"
        ).fetchall()
        by_table: dict[str, object] = {
            "definitions": connection.execute(
                "select 'table', table_name, sql from duckdb_tables()"
                " union all select 'view', view_name, sql from duckdb_views() where not internal"
                " union all select 'index', index_name, sql from duckdb_indexes()"
                " union all select 'macro', function_name, macro_definition from duckdb_functions() where not internal"
                " order by all"
            ).fetchall()
        }
        for (name,) in tables:
            left_out = "exclude (published_at)" if name == "file_info" else ""
            by_table[name] = connection.execute(f"select * {left_out} from {name} order by all").fetchall()
    return by_table


def two_imports(db: Path) -> dict[str, object]:
    build(db, TINY)
    build(db, [record("mons", city="Mons"), record("evran", postcode="22630")], imported_at=IMPORTED_AT.replace(day=8))
    return content(db)


@pytest.mark.in_turn
def test_a_file_is_the_same_by_the_short_way_and_the_long(tmp_path: Path) -> None:
    with prepared.long_way():
        at_length = two_imports(tmp_path / "long.duckdb")
    assert pipeline.begin is not prepared.begin_at_length
    short = two_imports(tmp_path / "short.duckdb")
    assert short.keys() == at_length.keys()
    for name, rows in at_length.items():
        assert short[name] == rows, name
    assert at_length["communes"]


def test_a_shared_file_that_is_written_to_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PLACE", tmp_path)
    monkeypatch.setattr(kept, "_opened", {})
    folders = []

    def make(folder: Path) -> None:
        folders.append(folder)
        (folder / "a.txt").write_text("a", encoding="utf-8")

    shared = kept.make_once("example", make)
    assert kept.make_once("example", make) == shared
    assert len(folders) == 1
    assert kept.touched() == []
    (shared / "b.txt").touch()
    os.utime(shared / "a.txt", (1, 1))
    assert kept.touched() == [shared / "a.txt", shared / "b.txt"]


def test_what_is_kept_follows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "merge.sql"
    source.write_text("select 1", encoding="utf-8")
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setattr(kept, "_sources", lambda: [source])
    before = kept._key.__wrapped__()
    source.write_text("select 2", encoding="utf-8")
    assert kept._key.__wrapped__() != before


def test_what_makes_files_is_watched() -> None:
    watched = {path.relative_to(kept.ROOT).as_posix() for path in kept._sources()}
    assert watched >= {
        "campaign/publish/demo_records.sql",
        "campaign/publish/merge.sql",
        "campaign/store/macros.sql",
        "campaign/profile/models.py",
        "data/campaigns/mois-ess/type_labels.csv",
        "data/schema.sql",
        "requirements.lock",
        "tests/shaped.py",
    }


def test_a_first_import_begins_with_the_file_that_was_made_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, begun = pipeline.begin, []

    def count(connection: duckdb.DuckDBPyConnection) -> None:
        begun.append(threading.current_thread())
        begin(connection)

    monkeypatch.setattr(pipeline, "begin", count)
    table = write(tmp_path, "titre;date;ville\nForum;05/11/2014;Rennes\n")
    for _import in range(2):
        run_import(tmp_path / "campaign.duckdb", [table])
    assert [thread is threading.main_thread() for thread in begun] == [False]
