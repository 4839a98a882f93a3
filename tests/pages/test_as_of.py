"""Every block of every page, as of a day, is what the page showed that evening, or says that it is not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign.settings import settings
from tests import dated
from tests.dated import Dated
from tests.pages.conftest import Drawn, draw_page

VIEWS: tuple[dict[str, str], ...] = ({}, {"region": "53"})
# Other views of the pages that have some.
MORE: tuple[tuple[str, dict[str, str]], ...] = (
    ("overview", {"departement": "35"}),
    ("press", {"departement": "35"}),
    ("map", {"layer": "region"}),
    ("map", {"layer": "departement", "region": "53"}),
    ("map", {"layer": "days"}),
    ("agenda", {"view": "calendar"}),
    ("agenda", {"view": "map"}),
    ("quality", {"kind": "unlocated"}),
    ("quality", {"kind": "duplicate"}),
    ("compare", {"with": "53", "against": "2012"}),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Dated:
    return dated.made(tmp_path_factory.mktemp("dated"))


def sections(drawn: Drawn) -> list[str]:
    """Return what a page shows, cut at its headings: each piece of HTML, chart and component, in order."""
    found = [""]
    for element in _elements(drawn.app._tree):
        text = str(element.proto)
        if 'class="part' in text or 'class=\\"part' in text:
            found.append("")
        found[-1] += text + "\n"
    return found


def _elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _elements(child)
        elif getattr(child, "proto", None) is not None:
            yield child


def drawn_on(file: Path, today: date, key: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Drawn:
    monkeypatch.setattr(settings(), "db", file)
    monkeypatch.setattr(settings(), "today", today)
    return draw_page(key, **query)
