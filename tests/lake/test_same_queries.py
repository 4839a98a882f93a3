"""The tests of queries once more, over an event file that went through a lake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import lake
from campaign.settings import settings
from tests.lake.conftest import Postgres, in_lake
from tests.queries.conftest import TINY
from tests.queries.test_tiny import *  # noqa: F403 - each of them is a test here too
from tests.records import build


@pytest.fixture(scope="session")
def tiny_db(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of few records, imported into a lake: the copy of its latest snapshot that readers open."""
    folder = tmp_path_factory.mktemp("same")
    with pytest.MonkeyPatch.context() as patch, in_lake(postgres, folder, patch) as db:
        build(db, TINY)
        yield lake.published(db)


@pytest.fixture
def reading_tiny(tiny_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read that copy."""
    monkeypatch.setattr(settings(), "db", tiny_db)
    return tiny_db
