"""Every page of other campaigns: a new folder, the second campaign, one that nothing in the code knows. None names another."""

import pytest

from campaign.core.pages import PAGES
from tests.campaigns import FIRST_ONLY, OTHERS, Campaign
from tests.pages.conftest import draw_page


@pytest.fixture(params=OTHERS, ids=lambda campaign: campaign.key)
def other(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Another campaign's folder and demonstration, read."""
    campaign: Campaign = request.param
    campaign.read(monkeypatch)
    return campaign


@pytest.mark.rows(every=25)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", [page.key for page in PAGES if page.key != "import"])
def test_every_page_draws_and_names_its_own_campaign(key: str, lang: str, other: Campaign) -> None:
    text = draw_page(key, lang=lang).text
    assert (other.name if lang == "fr" else other.name_en) in text
    assert FIRST_ONLY.findall(text) == []
