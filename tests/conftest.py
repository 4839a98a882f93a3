"""Event files that several tests read, each built once by the project's own path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import demo
from campaign.settings import settings
from tests import shaped
from tests.dated import Dated, made

N_DEMO_EVENTS = 2000


@pytest.fixture(scope="session")
def demo_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demonstration file: 2,000 counted events over the seven editions."""
    path = tmp_path_factory.mktemp("demo") / "campaign.duckdb"
    demo.write(path, n_events=N_DEMO_EVENTS)
    return path


@pytest.fixture
def reading_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Read the small demonstration file."""
    monkeypatch.setattr(settings(), "db", demo_db)
    return demo_db


@pytest.fixture(scope="session")
def hand_made_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chamber's hand-made spreadsheet of 2014, without dates of registration (tests/shaped.py)."""
    return shaped.build_hand_made(tmp_path_factory.mktemp("hand_made"))


@pytest.fixture(scope="session")
def recent_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three recent editions, the last one running on shaped.TODAY (tests/shaped.py)."""
    return shaped.build_recent(tmp_path_factory.mktemp("recent"))


@pytest.fixture(scope="session")
def undated_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same three editions without registration dates (tests/shaped.py)."""
    return shaped.build_recent(tmp_path_factory.mktemp("undated"), dated=False)


@pytest.fixture(scope="session")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Dated:
    """A file of several imports, and the same as it was on an evening between them (tests/dated.py)."""
    return made(tmp_path_factory.mktemp("dated"))
