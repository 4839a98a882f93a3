"""The tests of queries once more, over event files that went through a lake: counted by eye, by brute force, searched."""

from pathlib import Path

import pytest

from campaign.core.settings import settings
from campaign.store import lake
from tests.lake.conftest import Postgres, in_lake
from tests.queries.conftest import TINY
from tests.queries.test_brute_force import *  # noqa: F403 - each of their tests is one here too
from tests.queries.test_search import *  # noqa: F403
from tests.queries.test_tiny import *  # noqa: F403
from tests.records import build

# from day to day, test_lake.py compares the tables themselves
pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("reading_tiny")]


@pytest.fixture(scope="module")
def tiny_db(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of few records, imported into a lake: the copy of its latest snapshot that readers open."""
    folder = tmp_path_factory.mktemp("same")
    with pytest.MonkeyPatch.context() as patch, in_lake(postgres, folder, patch) as db:
        build(db, TINY)
        path = lake.published(db)
    return path


@pytest.fixture(scope="module")
def demo_db(lake_demo: Path) -> Path:
    """The demonstration that went through a lake."""
    return lake_demo


@pytest.fixture
def reading_tiny(tiny_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read the copy of few records."""
    monkeypatch.setattr(settings(), "db", tiny_db)
    return tiny_db


@pytest.fixture
def reading_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read the copy of the demonstration."""
    monkeypatch.setattr(settings(), "db", demo_db)
    return demo_db
