"""Event files that several tests read, each built once by the project's own path; and which cases of a large matrix run."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import demo
from campaign.core.settings import settings
from tests import shaped
from tests.dated import Dated, made

N_DEMO_EVENTS = 2000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-case", action="store_true", help="run every case of each matrix, not only a sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each n-th case of a test that is marked `matrix(every=n)`; all of them with --every-case."""
    if config.getoption("--every-case"):
        return
    seen: Counter[tuple[str, str]] = Counter()
    kept, left = [], []
    for item in items:
        mark = item.get_closest_marker("matrix")
        if mark is None:
            kept.append(item)
            continue
        test = (str(item.path), getattr(item, "originalname", item.name))
        (left if seen[test] % mark.kwargs["every"] else kept).append(item)
        seen[test] += 1
    items[:] = kept
    if left:
        config.hook.pytest_deselected(items=left)


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
