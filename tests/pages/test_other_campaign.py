"""The folder that `campaign profile new` writes serves as it is: every page draws, and none of them names another campaign."""

import re
from pathlib import Path

import pytest

from campaign import demo
from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.profile import new
from tests.pages.conftest import draw_page

OTHERS = re.compile(r"\bESS\b|\bCRESS\b|Mois de l|chambres?\b|novembre(?! 20)|November(?! 20)", re.IGNORECASE)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A new folder, and the demonstration of its campaign."""
    place = tmp_path_factory.mktemp("other")
    folder, db = place / "ma-campagne", place / "campaign.duckdb"
    new.write(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "profile", folder)
        demo.write(db, n_events=300)
    return folder, db


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", [page.key for page in PAGES if page.key != "import"])
def test_every_page_draws_and_names_its_own_campaign(
    key: str, lang: str, other: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, db = other
    monkeypatch.setattr(settings(), "profile", folder)
    monkeypatch.setattr(settings(), "db", db)
    text = draw_page(key, lang=lang).text
    assert ("Ma campagne" if lang == "fr" else "My campaign") in text
    assert OTHERS.findall(text) == []
