"""Readers are told what is wrong, never where files stand or how a database is reached; who runs the service is told all."""

import logging
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from campaign import store
from campaign.api import problems
from campaign.core.errors import LakeAwayError, StoreError
from campaign.core.settings import ROOT, settings
from campaign.publish import workspace
from campaign.store import lake, lake_connection

ADDRESS = "ducklake:postgres:dbname=mois host=db.example.org user=marie"
AWAY = "could not connect to host=db.example.org user=marie"


def shown_by_the_page() -> str:
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30).run()
    assert not app.exception
    return " ".join(error.value for error in app.error)


def test_a_missing_file_is_told_without_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", tmp_path / "nowhere.duckdb")
    page = shown_by_the_page()
    assert "Aucun fichier d'événements." in page
    assert "campaign import" in page
    assert str(tmp_path) not in page
    with pytest.raises(StoreError) as caught:
        store.reader()
    assert str(tmp_path / "nowhere.duckdb") in caught.value.for_log


def test_a_lake_that_is_away_is_told_without_its_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_address: str) -> None:
        with lake_connection.readable_errors():
            raise duckdb.IOException(AWAY)

    monkeypatch.setattr(lake, "connected", refuse)
    monkeypatch.setattr(settings(), "db", Path(ADDRESS))
    caplog.set_level(logging.WARNING, "campaign")
    page = shown_by_the_page()
    assert "Le lac ne répond pas." in page
    assert "example.org" not in page
    for _turn in range(3):
        with pytest.raises(LakeAwayError) as caught:
            store.refuse_stale()
        answer = problems.of_error(caught.value)
        assert answer.status_code == 503
        assert "Le lac ne répond pas." in bytes(answer.body).decode()
        assert b"example.org" not in answer.body
    records = [record for record in caplog.records if record.name == lake.logger.name]
    assert len(records) == 1
    assert AWAY in records[0].getMessage()
    lake._note(ADDRESS, None)
    assert "répond de nouveau" in caplog.records[-1].getMessage()
    lake.refuse_away(Path(ADDRESS))


def test_a_folder_that_cannot_be_written_is_told_without_its_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("not a folder", "utf-8")
    with pytest.raises(StoreError) as caught, workspace.exclusive(tmp_path / "a" / "campaign.duckdb"):
        pass
    assert str(tmp_path) not in str(caught.value)
    assert str(tmp_path) in caught.value.for_log


def test_no_message_of_the_store_holds_a_place_or_a_library_s_words() -> None:
    """What stands in braces in a message of a StoreError is a name or a number; places and causes are its `detail`."""
    leaks = []
    for path in (*ROOT.glob("campaign/store/*.py"), *ROOT.glob("campaign/publish/*.py")):
        leaks += [(path.name, bad) for bad in places_in(path.read_text("utf-8"))]
    assert leaks == []


def places_in(code: str) -> list[str]:
    """Return what the messages of StoreErrors in a module hold that may be a place or a library's words."""
    import ast

    bad = {"path", "db", "folder", "error", "copy", "target", "parent", "kept", "building", "shown(db)", "shown(error)"}
    leaks = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error"):
            values = [
                each.value
                for argument in node.args
                for each in ast.walk(argument)
                if isinstance(each, ast.FormattedValue)
            ]
            leaks += [text for value in values if (text := ast.unparse(value)) in bad or text.endswith(".parent")]
    return leaks


def test_a_place_in_a_message_is_seen() -> None:
    assert places_in('raise StoreError(f"Aucun fichier à {path}.", f"{db.parent}")') == ["path", "db.parent"]
    assert places_in('raise StoreError(f"{path.name} : {n}", detail=f"{path}")') == []
