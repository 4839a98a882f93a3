"""No page claims a change where registration dates are not known; where they are, pages say it at equal days to go."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.analysis.figures import gather
from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from tests import shaped
from tests.claims import TODAY, build_dated, by_hand, claims, dated_rows, unescaped
from tests.pages.conftest import draw_page

pytestmark = pytest.mark.rows(every=3)

KEYS = [entry.key for entry in PAGES]
ROWS = dated_rows()
SAYING = {  # where a page has a place for the change, it says why there is none
    "overview": "les dates d'inscription de 2025 et 2026 ne sont pas connues",
    "regions": "les dates d'inscription de 2025 et 2026 ne sont pas connues",
    "types": "les dates d'inscription de 2025 et 2026 ne sont pas connues",
    "compare": "2026 n'est pas comparée à 2025 – n. c. : les dates d'inscription de 2025 et 2026",
    "press": "les dates d'inscription de 2025 et 2026 ne sont pas connues",
    "records": "Pas finie, donc hors des records : 2026.",
}


@pytest.fixture(scope="module")
def dated_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions whose registration days are known."""
    return build_dated(tmp_path_factory.mktemp("dated") / "campaign.duckdb", ROWS)


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "query",
    [{}, {"region": "53"}, {"lang": "en", "unit": "sessions"}, {"scale": "indexed", "sort": "per_100k"}],
    ids=["plain", "region", "english", "indexed"],
)
def test_without_dates_no_page_claims_a_change(
    undated_db: Path, monkeypatch: pytest.MonkeyPatch, key: str, query: dict[str, str]
) -> None:
    monkeypatch.setattr(settings(), "db", undated_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    page = draw_page(key, edition="2026", nomenclature="2016", **query)
    assert claims(page.text) == []
    if "lang" not in query:
        assert SAYING.get(key, "") in unescaped(page.text)


@pytest.mark.in_turn
@pytest.mark.parametrize("key", ["overview", "regions", "types", "compare", "press"])
def test_with_dates_pages_say_the_change_at_equal_days_to_go(
    dated_db: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(settings(), "db", dated_db)
    monkeypatch.setattr(settings(), "today", TODAY)
    page = draw_page(key, edition="2026", nomenclature="2016")
    assert claims(page.text)
    text = unescaped(page.text)
    assert "2 jours après l'ouverture" in text
    now, before = len(by_hand(ROWS, 2026, TODAY)), len(by_hand(ROWS, 2025, TODAY.replace(year=2025)))
    expected = {
        "overview": f"+{100 * (now - before) / before:.1f} % par rapport à 2025, 2 jours après l'ouverture",
        "regions": f"+{now - before}",
        "types": f"+{now - before}",
        "compare": f"+{now - before} événements de 2025 à 2026 ({before} → {now})",
        "press": f"de {before} à {now}, 2 jours après l'ouverture",
    }[key]
    assert expected.replace(".", ",") in text


@pytest.mark.parametrize("key", ["overview", "types"])
def test_the_demonstration_says_that_its_figures_are_final(
    reading_demo: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    assert "Chiffres définitifs, données du" in draw_page(key, edition="2014").text
    monkeypatch.setattr(settings(), "today", TODAY.replace(year=2014))
    assert "Chiffres provisoires" in draw_page(key, edition="2014").text


@pytest.mark.parametrize("scale", ["same", "indexed"])
@pytest.mark.parametrize("edition", ["2025", "2026"])
def test_the_page_and_the_picture_show_regions_over_the_same_editions(
    dated_db: Path, monkeypatch: pytest.MonkeyPatch, edition: str, scale: str
) -> None:
    monkeypatch.setattr(settings(), "db", dated_db)
    monkeypatch.setattr(settings(), "today", TODAY)
    html = unescaped(draw_page("compare", edition=edition, nomenclature="2016", scale=scale).html)
    figures = gather(parse([("edition", edition), ("nomenclature", "2016")]))
    options = (("scale", "indexed"),) if scale == "indexed" else ()
    picture = drawing("regions-editions", replace(figures, options=options))
    moment = "toutes les éditions 2 jours après l'ouverture" if edition == "2026" else "2026 n'est pas finie"
    assert moment in unescaped(picture.subtitle)
    assert unescaped(f"<strong>{picture.title}</strong><span>{picture.subtitle}</span>") in html
    if scale == "indexed":
        assert "indice 100 en 2024" in picture.subtitle
        return
    counts = {str(row["code"]): int(str(row["nombre"])) for row in picture.rows}
    words = ", ".join(f"{year} : {counts.get(f'{year} 53', 'n. c.')}" for year in (2024, 2025, 2026))
    assert f"<title>Bretagne : {words}</title>" in html
