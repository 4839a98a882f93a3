"""The campaign's accent reaches Streamlit's theme, the page's head and its icon."""

from pathlib import Path

import pytest
from streamlit import config

from campaign.charts.icon import FILE, icon
from campaign.core.palette import DARK, LIGHT
from campaign.core.settings import DATA, settings
from campaign.profile import colours
from campaign.web import theme
from campaign.web.heading import heading
from campaign.web.shell import rewritten

PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"


def chosen() -> list[str]:
    return [
        config.get_option(f"theme.{name}.{option}")
        for name in ("light", "dark")
        for option in ("primaryColor", "linkColor")
    ]


@pytest.mark.usefixtures("reading_demo")
def test_the_palette_s_own_accent_is_left_as_it_is() -> None:
    theme.apply()
    assert chosen() == [LIGHT["accent"]] * 2 + [DARK["accent"]] * 2
    assert "<style>" not in rewritten(PAGE, heading("", [], "http://localhost"))
    assert icon() == FILE.read_bytes()


def test_another_accent_is_set_over_config_toml_and_campaign_css(
    reading_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = heading("", [], "http://localhost")
    monkeypatch.setattr(settings(), "profile", DATA / "campaigns" / "fete-de-la-science")
    try:
        theme.apply()
        accents = colours.light()["accent"], colours.dark()["accent"]
        assert chosen() == [accents[0]] * 2 + [accents[1]] * 2
        page = rewritten(PAGE, head)
        assert page.index("campaign.css") < page.index(f"--accent:light-dark({accents[0]},{accents[1]})")
        assert "--ink:" not in page
        assert icon() != FILE.read_bytes()
    finally:
        monkeypatch.undo()
        theme.apply()
