"""Pages run through the frame by Streamlit's own test runner; what they write is read back as HTML."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from campaign.charts.in_html import uncarried
from campaign.core.pages import by_key
from campaign.core.settings import ROOT, settings
from campaign.view.frame import sidebar
from tests.records import build, record

FRAME = ROOT / "pages" / "frame.py"
COMMUNES = ("35238", "75056", "69123", "97411", "2A004")


@dataclass(frozen=True)
class Drawn:
    """A page that ran: its widgets, and its HTML in the order in which it was drawn."""

    app: AppTest
    html: str

    @property
    def answer(self) -> str:
        """The page's answer, with one kind of space."""
        heading = re.search(r'<h1 class="answer">(.*?)</h1>', self.html)
        return plain(heading.group(1)) if heading else ""

    @property
    def text(self) -> str:
        """All words of the page, with one kind of space."""
        return plain(re.sub(r"<[^>]+>", " ", self.html))


Draw = Callable[..., Drawn]


def plain(text: str) -> str:
    """Return a text with one kind of space."""
    return re.sub(r"\s+", " ", text).strip()


def draw_page(key: str, *, unfolded: bool = False, **query: str | list[str]) -> Drawn:
    """Run a page with these parameters in its address, with all filters in sight if `unfolded`; raises what it raised."""
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    if by_key(key).path:
        app._page_hash = calc_hash(by_key(key).path)  # what switch_page finds out by running another page first
    if unfolded:
        app.session_state[sidebar.MORE] = True
    app.run()
    if app.exception:
        raise AssertionError(app.exception[0].value)
    html = [element.proto.body for element in app.get("html")] + [element.value for element in app.markdown]
    drawn = Drawn(app, uncarried("\n".join(html)))
    entry = by_key(key)
    if entry.door != "foot" and not app.error:  # those of the menu say where the reader is
        assert re.search(rf'href="/{entry.path}[^"/]*" aria-current="page"', drawn.html), f"{key} was not drawn"
    return drawn


@pytest.fixture
def draw(reading_demo: Path) -> Draw:
    """Run pages on the demonstration file."""
    return draw_page


@pytest.fixture(scope="session")
def real_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real file, imported: a few events of two editions, one cancelled, one without a place."""
    path = tmp_path_factory.mktemp("real") / "campaign.duckdb"
    rows = [
        record(
            f"{year}-{number}",
            commune_code=code,
            timings=[(f"{year}-11-{number + 3:02}T18:00", f"{year}-11-{number + 3:02}T20:00")],
        )
        for year in (2013, 2014)
        for number, code in enumerate(COMMUNES)
    ]
    rows += [record("cancelled", status="cancelled", commune_code="35238"), record("nowhere")]
    build(path, rows)
    return path


@pytest.fixture(scope="session")
def uncounted_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real file without any event that counts."""
    path = tmp_path_factory.mktemp("uncounted") / "campaign.duckdb"
    build(path, [record("draft", is_published=False, commune_code="35238")])
    return path


@pytest.fixture
def draw_real(real_db: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Run pages on the real file."""
    monkeypatch.setattr(settings(), "db", real_db)
    return draw_page


@pytest.fixture
def draw_uncounted(uncounted_db: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Run pages on the file without a counted event."""
    monkeypatch.setattr(settings(), "db", uncounted_db)
    return draw_page
