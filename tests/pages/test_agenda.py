"""The agenda: what is upcoming first, facets and views of one result, an event's page."""

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import query
from tests.pages.conftest import Draw, Drawn, draw_page, plain
from tests.records import build, events_of, record

pytestmark = pytest.mark.in_turn

IN_SEASON = date(2014, 11, 6)
EDITION = Filters(editions=(2014,))


@pytest.fixture
def in_season(monkeypatch: pytest.MonkeyPatch) -> date:
    """A Thursday of the campaign."""
    monkeypatch.setattr(settings(), "today", IN_SEASON)
    return IN_SEASON


def links(page: Drawn, css: str) -> dict[str, str]:
    """Return the address of each link of a part of the page, by its words."""
    part = re.search(rf'<(?P<tag>\w+) class="{css}".*?</(?P=tag)>', page.html, re.DOTALL)
    assert part is not None, css
    anchors = re.findall(r'<a[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', part.group(), re.DOTALL)
    return {plain(html.unescape(re.sub(r"<[^>]+>", " ", words))): html.unescape(href) for href, words in anchors}


def listed(page: Drawn) -> list[str]:
    """Return the identifiers of the list's events, in its order."""
    return [parse_qs(urlsplit(html.unescape(href)).query)["event"][0] for href in
            re.findall(r'<div class="what"><a href="([^"]*)"', page.html)]  # fmt: skip


def number_in(text: str) -> int:
    """Return the last number of a text."""
    return int(re.sub(r"\s", "", re.findall(r"\d[\d ]*", text)[-1]))


def test_upcoming_events_come_first_and_past_ones_are_reachable(draw: Draw, in_season: date) -> None:
    total = query("event_totals", chosen=EDITION).one["total"]
    ids: list[str] = []
    for page in range(1, -(-total // 50) + 1):
        ids += listed(draw("agenda", page=str(page)))
    assert len(ids) == len(set(ids)) == total
    rows = query("events_listed", chosen=EDITION, since=in_season, by_distance=False, limit=None, offset=0).rows
    assert [row["event_id"] for row in rows] == ids
    is_past = [row["is_past"] for row in rows]
    assert is_past == sorted(is_past)
    assert True in is_past
    assert rows[0]["next_at"].date() == in_season


@pytest.mark.parametrize("choice", [{}, {"free": "true"}, {"q": "atelier", "region": "53"}])  # by cells, by one scan
def test_quick_choices_count_what_they_lead_to(draw: Draw, in_season: date, choice: dict[str, str]) -> None:
    quick = links(draw("agenda", **choice), "quick")
    names = [re.sub(r"[\d ]+$", "", words) for words in quick]
    assert names == [
        "Toutes les dates",
        "Aujourd'hui",
        "Le soir",
        "Samedi",
        "Dimanche",
        "Ce week-end",
        "Cette semaine",
        "À venir",
        "Passés",
    ]
    for words, href in quick.items():
        led = parse_qs(urlsplit(href).query)
        page = draw("agenda", **{name: value[0] for name, value in led.items()})
        assert page.answer.startswith(f"{number_in(words)} événement") or number_in(words) == 0, words
    weekend = dict(parse_qsl(urlsplit(next(href for words, href in quick.items() if "week-end" in words)).query))
    assert weekend == {**choice, "from": "2014-11-08", "to": "2014-11-09"}


def test_evenings_are_added_to_the_days_and_taken_back(draw: Draw, in_season: date) -> None:
    days = {"from": "2014-11-06", "to": "2014-11-09"}
    evening = next(
        href for words, href in links(draw("agenda", **days), "quick").items() if words.startswith("Le soir")
    )
    params = dict(parse_qsl(urlsplit(evening).query))
    assert params == {**days, "time_of_day": "evening"}
    page = draw("agenda", **params)
    hours = re.findall(r"(\d{1,2})\s?h", " ".join(re.findall(r'<div class="when">(.*?)</div>', page.html)))
    assert hours
    assert all(int(hour) >= 18 for hour in hours)
    quick = links(page, "quick")
    back = next(href for words, href in quick.items() if words.startswith("Le soir (retirer)"))
    assert dict(parse_qsl(urlsplit(back).query)) == days
    for words, href in quick.items():
        if not words.startswith("Le soir"):  # days are counted by their own evenings
            led = draw("agenda", **dict(parse_qsl(urlsplit(href).query)))
            assert led.answer.startswith(f"{number_in(words)} événement") or number_in(words) == 0, words


def test_out_of_season_the_last_edition_is_shown_with_a_banner(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", date(2015, 5, 1))
    page = draw("agenda")
    assert "Hors saison" in page.text
    assert any(words.startswith("Novembre 2014") for words in links(page, "quick"))
    assert "Hors saison" not in draw("agenda", edition="2012").text


def test_facets_offer_what_exists_and_count_what_they_lead_to(draw: Draw, in_season: date) -> None:
    facets = links(draw("agenda", region="11"), "facets")
    assert len(facets) > 15
    for words, href in list(facets.items())[::6]:
        params = parse_qs(urlsplit(href).query)
        page = draw("agenda", **{name: value[0] if len(value) == 1 else value for name, value in params.items()})
        n = number_in(words)
        assert n > 0
        assert page.answer.startswith(f"{n} événement"), words


def test_a_chosen_facet_offers_its_others_and_can_be_taken_back(draw: Draw) -> None:
    page = draw("agenda", type="atelier", free="true")
    facets = links(page, "facets")
    chosen = next(href for words, href in facets.items() if words.startswith("Atelier"))
    assert parse_qs(urlsplit(chosen).query) == {"free": ["true"]}
    assert any(words.startswith("Conférence") for words in facets)
    assert "Payant" in " ".join(facets)


@pytest.mark.parametrize("view", ["list", "calendar", "map"])
def test_every_view_says_the_same_count(draw: Draw, in_season: date, view: str) -> None:
    page = draw("agenda", view=view, type="atelier")
    assert page.answer == draw("agenda", type="atelier").answer
    assert all(f"view={view}" in href for href in links(page, "quick").values()) or view == "list"


def test_the_calendar_counts_each_day(draw: Draw, in_season: date) -> None:
    page = draw("agenda", view="calendar", month="2014-11")
    counted = {
        row["day"].day: row["count"] for row in query("events_by_day", chosen=EDITION).rows if row["day"].month == 11
    }
    cells = re.findall(
        r'<span class="number">(\d+)</span><span class="named">[^<]*</span></span>(?:<a class="count" href="[^"]*">(\d+))?',
        page.html,
    )
    assert {int(day): int(n) for day, n in cells if n} == counted
    assert len(cells) == 30
    assert draw("agenda", view="calendar", month="2014-99").answer


def test_near_a_postcode_distances_are_shown(draw: Draw) -> None:
    page = draw("agenda", near="69123", radius_km="50", sort="distance")
    far = [
        float(n.replace(",", ".")) for n in re.findall(r"à ([\d,]+) km ·|à ([\d,]+) km</p>", page.text) for n in n if n
    ]
    assert far == sorted(far)
    assert "à moins de 50 km de Lyon" in page.text
    assert "d'où que vous soyez" in html.unescape(page.text)


def test_a_place_that_does_not_exist_gets_a_polite_answer(draw: Draw) -> None:
    assert "Aucune commune ni aucun code postal ne correspond à « 99999 »" in draw("agenda", near="99999").text
    app = draw("agenda").app
    app.text_input(key="agenda_near").set_value("99999").run()
    assert "near" not in app.query_params
    assert any("99999" in element.proto.body for element in app.get("html"))


def test_a_name_of_several_places_offers_them_all(draw: Draw) -> None:
    app = draw("agenda").app
    app.text_input(key="agenda_near").set_value("Saint-Denis").run()
    assert "near" not in app.query_params
    body = " ".join(element.proto.body for element in app.get("html"))
    assert "Plusieurs communes portent ce nom" in body
    assert body.index("Saint-Denis (97400, La Réunion)") < body.index("Saint-Denis (93200, Seine-Saint-Denis)")
    assert "Saint-Denis (93200, Seine-Saint-Denis)" in draw("agenda", near="Saint-Denis").text


def test_a_place_is_written_as_a_code(draw: Draw) -> None:
    app = draw("agenda", view="map").app
    app.text_input(key="agenda_near").set_value("Lyon").run()
    assert dict(app.query_params) == {"near": "69123", "view": "map"}
    app.text_input(key="agenda_near").set_value("Évry-Courcouronnes").run()
    assert app.query_params["near"] == "Évry-Courcouronnes"
    assert app.text_input(key="agenda_near").value == "Évry-Courcouronnes"
    app.text_input(key="agenda_near").set_value("").run()
    assert dict(app.query_params) == {"view": "map"}


def test_the_sidebar_of_other_pages_has_the_place_too(draw: Draw) -> None:
    app = draw("types", unfolded=True).app
    app.sidebar.text_input(key="filter_near").set_value("35000").run()
    assert app.query_params["near"] == "35000"
    assert app.sidebar.get("slider") or app.sidebar.select_slider


def test_a_misspelt_search_says_what_was_meant(draw: Draw) -> None:
    page = draw("agenda", q="coperative")
    assert "« coperative » ne figure nulle part : recherche de « coopérative »." in page.text
    assert page.answer.partition(" (")[0] == draw("agenda", q="cooperative").answer.partition(" (")[0]


def test_a_shortlist_gives_one_calendar(draw: Draw) -> None:
    first, second = listed(draw("agenda"))[:2]
    page = draw("agenda", shortlist=f"{first},{second},{'0' * 16},<svg>")
    words = links(page, "shortlist")
    assert words["Ajouter à mon agenda (.ics)"] == f"/api/v1/events.ics?edition=all&id={first}&id={second}"
    params = parse_qs(urlsplit(words["Ma sélection : 2 événements"]).query)
    assert draw("agenda", edition="all", id=params["id"]).answer.startswith("2 événements")
    assert "<svg" not in page.html


@pytest.fixture(scope="session")
def odd_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Events with HTML in their texts, several sessions, ages, prices, links; one cancelled, one out of season."""
    path = tmp_path_factory.mktemp("odd") / "campaign.duckdb"
    build(
        path,
        [
            record(
                "odd",
                title="<b>Gras</b><script>alert(1)</script>",
                description='Bonjour <img src=x onerror="alert(1)">\n\n<script>alert(2)</script>Suite',
                commune_code="35238",
                address="1 rue <i>X</i>",
                lat=48.11,
                lon=-1.68,
                timings=[(f"2014-11-{day:02}T18:00", f"2014-11-{day:02}T20:00") for day in (3, 12, 20)],
                age_min=6,
                age_max=11,
                conditions="Entrée libre",
                accessibility=["mi"],
                registration_url="https://example.org/inscription",
                url="javascript:alert(1)",
                status="full",
            ),
            record("cancelled", status="cancelled", commune_code="35238", lat=48.1, lon=-1.6),
            record("neighbour", commune_code="35238", timings=[("2014-11-15T18:00", None)]),
        ],
    )
    return path


@pytest.fixture
def odd(odd_db: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Read that file on a day of the campaign; return its identifiers."""
    monkeypatch.setattr(settings(), "db", odd_db)
    monkeypatch.setattr(settings(), "today", IN_SEASON)
    monkeypatch.setattr(settings(), "report_email", "")
    return events_of(odd_db, "event_id")


def test_an_event_says_the_next_session_first(odd: dict[str, str]) -> None:
    text = html.unescape(draw_page("agenda", event=odd["odd"]).text)
    when = text[text.index("Quand") : text.index("Où")]
    assert when.index("12 novembre") < when.index("20 novembre") < when.index("3 novembre")
    assert "1 session passée" in when
    for words in ("Complet", "De 6 à 11 ans", "Entrée libre", "Handicap moteur", "à l'adresse", "Licence Ouverte 2.0"):
        assert words in text, words


def test_html_in_a_text_is_shown_or_cleaned_never_run(odd: dict[str, str]) -> None:
    page = draw_page("agenda", event=odd["odd"])
    assert "<script" not in page.html
    assert "onerror" not in page.html or "onerror=&quot;" in page.html
    assert "javascript:" not in page.html
    assert "<b>Gras" not in page.html


def test_an_event_offers_what_one_can_do(odd: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    actions = links(draw_page("agenda", event=odd["odd"]), "actions")
    assert actions["Ajouter à mon agenda (.ics)"] == f"/api/v1/events/{odd['odd']}.ics"
    assert actions["S'inscrire"] == "https://example.org/inscription"
    assert actions["Itinéraire (openstreetmap.org)"].startswith("https://www.openstreetmap.org/directions?to=48.11")
    assert "Signaler une erreur" not in actions
    monkeypatch.setattr(settings(), "report_email", "agenda@example.org")
    actions = links(draw_page("agenda", event=odd["odd"]), "actions")
    assert actions["Signaler une erreur"].startswith("mailto:agenda@example.org?subject=")


def test_a_cancelled_event_keeps_its_address_outside_every_count(odd: dict[str, str]) -> None:
    page = draw_page("agenda", event=odd["cancelled"])
    assert "Annulé : cet événement garde son adresse" in page.text
    assert draw_page("agenda").answer.startswith("2 événements")
    assert odd["cancelled"] not in draw_page("agenda").html


def test_nearby_events_are_listed(odd: dict[str, str]) -> None:
    page = draw_page("agenda", event=odd["odd"])
    assert "À proximité" in page.text
    assert listed(page) == [odd["neighbour"]]
    assert '<svg class="locator"' in page.html
