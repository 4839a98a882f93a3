"""What the server does where no event file is: a demonstration if nobody named one, and no more than a line if it cannot."""

import logging
from functools import partial
from pathlib import Path

import pytest

from campaign.core.errors import BusyError, StoreError
from campaign.core.settings import Settings
from campaign.publish import demonstration
from campaign.web import starting
from tests.records import rows_of


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a process in which nobody named a file, and whose default one would be in an empty folder."""
    monkeypatch.delenv("CAMPAIGN_DB", raising=False)
    fresh = Settings()
    object.__setattr__(fresh, "db", tmp_path / "campaign.duckdb")  # not as if it were named
    monkeypatch.setattr(starting, "settings", lambda: fresh)
    monkeypatch.setattr(demonstration, "write", partial(demonstration.write, n_events=70))
    assert "db" not in fresh.model_fields_set
    return fresh


@pytest.mark.in_turn
def test_a_demonstration_is_written_once_where_nobody_named_a_file(
    given: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert starting.write_missing()
    assert "démonstration" in caplog.text
    assert rows_of(given.db, "select is_demo, n_counted > 0 from file_info") == [(True, True)]
    before = given.db.read_bytes()
    assert not starting.write_missing()
    assert given.db.read_bytes() == before


def test_a_file_that_was_named_stays_missing(given: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "settings", lambda: Settings(db=tmp_path / "named.duckdb"))
    assert not starting.write_missing()
    assert not list(tmp_path.iterdir())


def test_where_it_cannot_be_written_the_server_starts_all_the_same(
    given: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_path: Path) -> None:
        raise StoreError("Le dossier n'est pas accessible en écriture.", "Vérifiez les droits.")

    monkeypatch.setattr(demonstration, "write", refuse)
    assert not starting.write_missing()
    assert "accessible" in caplog.text


@pytest.mark.in_turn
def test_another_process_that_writes_it_is_waited_for(
    given: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    paths: list[Path] = []
    write = demonstration.write

    def busy(path: Path) -> None:
        paths.append(path)
        if len(paths) > 1:
            write(path)
        raise BusyError("Un autre import est en cours.", "Attendez sa fin.")

    monkeypatch.setattr(demonstration, "write", busy)
    assert not starting.write_missing()
    assert (len(paths), given.db.exists()) == (2, True)
    given.db.unlink()
    paths.clear()
    monkeypatch.setattr(demonstration, "write", lambda path: busy(path) if not paths else None)
    monkeypatch.setattr(starting, "PATIENCE_S", -1.0)
    assert not starting.write_missing()
    assert "import est en cours" in caplog.text
