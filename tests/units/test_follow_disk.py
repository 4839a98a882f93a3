"""A disk that is full, or a cache that cannot be opened, during a sync: nothing is published, it is told, the next run goes on."""

import errno
import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.errors import StoreError, WriteError
from campaign.core.settings import settings
from campaign.follow import sync as syncing
from campaign.follow.fetcher import Fetcher
from campaign.publish.workspace import Workspace
from tests.following import START, Following, begun, resumed
from tests.sources import Agenda, Sources, agenda_event, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture(scope="module")
def first_reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "files"


@pytest.fixture
def following(server: Sources, first_reading: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    """Two agendas that were read once; each then has one event more."""
    following = begun(server, tmp_path, monkeypatch, first_wait_s=0.01, retries_s=0.1)
    for name in ("1", "2"):
        agenda = server.agendas[name] = Agenda(uid=int(name))
        agenda.put(*(agenda_event(int(name) * 100 + n, START - timedelta(days=30 - n)) for n in range(1, 6)))

    def begin() -> None:
        for name in ("1", "2"):
            following.follow(f"Agenda {name}", server.agenda(name))
        following.sync()

    resumed(following, first_reading, begin)
    for name in ("1", "2"):
        server.agendas[name].put(agenda_event(int(name) * 100 + 50, START))
    return following


def full(*_args: Any, **_kwargs: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), sqlite3.OperationalError("disk is full")])
def test_an_answer_that_cannot_be_written_leaves_the_other_sources(
    following: Following, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    written = Fetcher._written

    def failing(self: Fetcher, response: Any, url: Any) -> Any:
        if "/agendas/1" in str(url):
            raise error
        return written(self, response, url)

    with monkeypatch.context() as patch:
        patch.setattr(Fetcher, "_written", failing)
        first, second = following.sync()
    assert (first.status, second.status, second.new) == ("failed", "changed", 1)
    assert re.search("plein|full", first.message)
    assert [result.new for result in following.sync()] == [1, 0]


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left"), duckdb.IOException("disk full"), duckdb.FatalException("disk full")],
)
def test_a_file_that_cannot_be_written_stays_as_it_was(
    following: Following, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(_self: Workspace) -> None:
        raise error

    before = following.db.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "publish", failing)
        results = following.sync()
    assert [result.status for result in results] == ["failed", "failed"]
    assert all("inchangé" in result.message and "place" in result.message for result in results)
    assert "building" not in results[0].message
    assert following.db.read_bytes() == before
    assert [result.new for result in following.sync()] == [1, 1]


def test_a_list_of_sources_that_cannot_be_written_stays_and_was_not_asked_for_wrongly(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settings().sources.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = CliRunner().invoke(app, ["follow", "pause", "Agenda 1", "--db", str(following.db)])
    assert (result.exit_code, "le disque est plein" in result.stderr) == (1, True)
    assert settings().sources.read_bytes() == before


def test_the_library_of_the_cache_prints_no_trace_where_nobody_set_up_a_log() -> None:
    assert logging.getLogger("hishel").handlers


@pytest.mark.in_turn
def test_a_cache_that_cannot_be_opened_is_told(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    before = following.db.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(syncing, "open_cache", full)
        with pytest.raises(StoreError, match="droits sur le disque"):
            following.sync()
    assert following.db.read_bytes() == before
    assert [result.new for result in following.sync()] == [1, 1]


@pytest.mark.in_turn
def test_a_state_that_cannot_be_kept_is_told_and_the_next_run_agrees(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WriteError, match="plein"):
            following.sync()
    results = following.sync()
    assert [result.status for result in results] in (["unchanged"] * 2, ["changed"] * 2)
    assert len(following.titles()) == 12
