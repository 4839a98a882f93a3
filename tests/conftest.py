"""Event files that several tests read, each built once by the project's own path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import demo
from campaign.settings import settings

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
