"""The page of imports in a real browser: it exists only with its settings, opens to listed and verified addresses only, comes
back to the view that was left, and previews, publishes and undoes an import."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests import shaped
from tests.browser import words
from tests.browser.conftest import Visits
from tests.browser.hand import Hand
from tests.browser.server import Server, serving
from tests.browser.visit import Visit
from tests.records import build, record, rows_of

PROVIDER = """
import sys
from oidc_provider_mock import User, run_server_in_thread
users = [
    User(sub="marie", claims={"email": "Marie@Exemple.org", "email_verified": True}),
    User(sub="paul", claims={"email": "paul@exemple.org", "email_verified": False}),
    User(sub="jeanne", claims={"email": "jeanne@exemple.org", "email_verified": True}),
    User(sub="eve", claims={"email": "eve@exemple.org", "email_verified": True}),
]
with run_server_in_thread(user_claims=users) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""
UNTOLD = "Rubrique 1;Rubrique 2;Rubrique 3\nForum;05/11/2014;Rennes\n"
CSV = "titre;date;commune;code postal\nForum;05/11/2014;Rennes;35000\nDébat;06/11/2014;Lyon;69003\n;07/11/2014;Lyon;69003\n"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID Connect provider on loopback, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", PROVIDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://localhost:{process.stdout.readline().strip()}"
        assert process.stdin is not None
        process.stdin.close()
        process.wait(60)


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("importing") / "campaign.duckdb"
    pair = {"title": "Forum de l'emploi solidaire", "commune_code": "56260", "venue": "Salle de la Cité"}
    build(
        path, [record("a", title="Ancien", postcode="35000", city="Rennes"), record("b", **pair), record("c", **pair)]
    )
    return path


def environment(provider: str, own_file: Path) -> dict[str, str]:
    """Return the settings of a server with a provider and a list of coordinators."""
    return {
        "CAMPAIGN_DB": str(own_file),
        "CAMPAIGN_SIGNIN_PROVIDER": f"{provider}/.well-known/openid-configuration",
        "CAMPAIGN_SIGNIN_CLIENT_ID": "tableau-de-bord",
        "CAMPAIGN_SIGNIN_CLIENT_SECRET": "secret-du-client",
        "CAMPAIGN_SIGNIN_COOKIE_SECRET": "une-phrase-de-plus-de-trente-deux-signes",
        "CAMPAIGN_COORDINATORS": "marie@exemple.org, paul@exemple.org, jeanne@exemple.org;76",
        "CAMPAIGN_UPLOAD_MB": "1",
        "CAMPAIGN_SOURCES": str(own_file.with_name("sources.toml")),
    }


@pytest.fixture(scope="module")
def guarded(provider: str, own_file: Path) -> Iterator[Server]:
    """The server with a provider and a list of coordinators."""
    with serving(own_file.with_name("server.log"), environment=environment(provider, own_file)) as server:
        yield server


@pytest.fixture
def tab(visits: Visits, guarded: Server) -> Page:
    return visits(by_name(guarded)).page


def by_name(server: Server) -> Server:
    """Return the server by its name: the provider sends readers back there."""
    return replace(server, url=server.url.replace("127.0.0.1", "localhost"))


def speaks_french(tab: Page) -> None:
    """Wait until no English is left on a page."""
    Visit(tab, "").until(lambda: words.english(tab), [])


def signed_in(tab: Page, guarded: Server, who: str, view: str = "/import") -> list[str]:
    """Sign in from a view; return what the browser refused or complained of."""
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    tab.goto(by_name(guarded).address(view))
    tab.get_by_role("button", name="Se connecter").click()
    tab.get_by_role("button", name=who).click()
    tab.wait_for_selector("h1.answer")
    return complaints


def at_rest(tab: Page) -> None:
    """Wait until the page has settled: a press on what is about to be drawn anew may be lost."""
    Visit(tab, "").settle()


def press(tab: Page, name: str) -> None:
    """Press a button once the page rests: while it runs, that of the view before may stand beside it."""
    at_rest(tab)
    tab.get_by_role("button", name=name).click()


def files_of(tab: Page) -> Locator:
    """Return the field that takes the files of an import, once the page rests: the one for kept columns may be drawn before it."""
    at_rest(tab)
    return tab.get_by_test_id("stFileUploader").filter(has_text="Fichiers (").locator("input[type=file]")


def pick(tab: Page, name: str, option: str) -> None:
    """Choose in a list, once the page rests: a run that ends meanwhile draws the list again, closed."""
    item = tab.get_by_role("option", name=option, exact=True)
    for _attempt in range(5):
        at_rest(tab)
        choice = tab.get_by_role("combobox", name=name)
        choice.click()
        choice.fill(option)  # only the options in sight are in the document
        try:
            item.click(timeout=5_000)
        except PlaywrightTimeoutError:
            tab.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"{option} is not offered by {name}")


def stands_cell_below_cell(tab: Page, caption: str) -> None:
    """On a telephone the cells of a table's first row stand below one another, each with its heading, none wider than the screen."""
    size = tab.viewport_size
    assert size is not None
    table = tab.locator("table.figures", has_text=caption)
    expect(table).to_be_visible()
    tab.set_viewport_size({"width": 360, "height": 740})
    cells = table.locator("tbody tr").first.locator("th, td:visible")
    look = "cells => cells.map(cell => [cell.getBoundingClientRect(), getComputedStyle(cell, '::before').content])"
    visit = Visit(tab, "")
    visit.until(lambda: len({round(box["x"]) for box, _heading in cells.evaluate_all(look)}), 1)
    boxes = cells.evaluate_all(look)
    tops = [box["y"] for box, _heading in boxes]
    assert len(set(tops)) == len(tops) > 2
    assert (
        sum(heading not in ("none", "normal", '""') for _box, heading in boxes) == len(boxes) - 1
    )  # all but the row's name
    assert max(box["right"] for box, _heading in boxes) <= 360
    tab.set_viewport_size(size)


def test_without_its_settings_the_page_does_not_exist(server: Server) -> None:
    answer = httpx.get(server.address("/import"))
    assert answer.status_code == 404
    assert "/import" not in httpx.get(server.address("/")).text


@pytest.mark.in_turn
def test_a_visitor_sees_only_the_door(tab: Page, guarded: Server) -> None:
    assert httpx.get(guarded.address("/import")).status_code == 200
    tab.goto(by_name(guarded).address("/import"))
    expect(tab.locator("h1.answer")).to_contain_text("demande de se connecter")
    expect(tab.get_by_text("Annuler cet import")).to_have_count(0)
    expect(tab.locator("input[type=file]")).to_have_count(0)
    speaks_french(tab)


@pytest.mark.parametrize("who", ["eve", "paul"])
def test_an_address_that_is_not_listed_or_not_verified_stays_outside(tab: Page, guarded: Server, who: str) -> None:
    signed_in(tab, guarded, who)
    expect(tab.locator("h1.answer")).to_contain_text("pas sur la liste")
    expect(tab.locator("input[type=file]")).to_have_count(0)


@pytest.mark.in_turn
def test_a_coordinator_previews_corrects_a_rejected_row_publishes_and_undoes(
    tab: Page, guarded: Server, own_file: Path, tmp_path: Path
) -> None:
    complaints = signed_in(tab, guarded, "marie", "/import?region=53&edition=2014")
    expect(tab).to_have_url(re.compile(r"/import\?(.*&)?region=53(&|$)"))
    assert complaints == []

    table = tmp_path / "bretagne.csv"
    table.write_text(CSV, "utf-8")
    before = rows_of(own_file, "select count(*) from events")
    files_of(tab).set_input_files(str(table))
    expect(tab.get_by_role("heading", name="Ce que ces fichiers apportent")).to_be_visible()
    expect(tab.get_by_text("titre absent")).to_be_visible()
    tab.get_by_test_id("stDataFrame").first.hover()  # its buttons come under the pointer
    tab.get_by_test_id("stElementToolbar").first.wait_for()
    speaks_french(tab)
    stands_cell_below_cell(tab, "Les premiers événements")
    assert rows_of(own_file, "select count(*) from events") == before

    correct = tab.get_by_role("heading", name="Corriger les lignes rejetées")
    expect(correct).to_be_visible()
    rejected = tab.get_by_role("table", name="Lignes rejetées")
    expect(rejected.get_by_role("cell", name="titre", exact=True)).to_be_visible()
    grid = tab.locator("[data-testid='stDataFrame'] canvas").first
    grid.scroll_into_view_if_needed()
    at_rest(tab)
    # The first cell below the header: the line, then the reason, then the title; the canvas lies under what scrolls it.
    grid.click(position={"x": 20, "y": 52}, force=True)
    for _column in range(2):
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    editor = tab.locator("textarea.gdg-input")
    editor.fill("Visite corrigée")
    editor.press("Enter")
    expect(correct).to_have_count(0)
    expect(tab.get_by_text("titre absent")).to_have_count(0)

    press(tab, "Publier")
    expect(tab.get_by_text("Publié, import n° 2")).to_be_visible()
    assert rows_of(own_file, "select n_read, n_new, n_rejected from imports where import_id = 2") == [(3, 3, 0)]
    assert rows_of(own_file, "select departement_code from events where title = 'Visite corrigée'") == [("69",)]

    press(tab, "Annuler cet import")
    expect(tab.get_by_text("Import n° 2 annulé")).to_be_visible()
    assert rows_of(own_file, "select count(*) from events") == before

    press(tab, "Se déconnecter")
    tab.get_by_role("button", name="End session").click()  # the provider's own page asks before it ends the session
    expect(tab.locator("h1.answer")).to_contain_text("demande de se connecter")


@pytest.mark.thorough
def test_a_coordinator_corrects_columns_and_keeps_them(tab: Page, guarded: Server, tmp_path: Path) -> None:
    signed_in(tab, guarded, "marie")
    table = tmp_path / "chambre.csv"
    table.write_text(UNTOLD, "utf-8")
    files_of(tab).set_input_files(str(table))
    expect(tab.get_by_text("aucun en-tête reconnu")).to_be_visible()
    for number, field in ((1, "Titre"), (2, "Date de début"), (3, "Commune")):
        pick(tab, f"Champ de « colonne {number} »", field)
    press(tab, "Appliquer ces colonnes")
    expect(tab.get_by_role("heading", name="Ce que ces fichiers apportent")).to_be_visible()

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Garder ces colonnes (TOML)").click()
    assert download.value.suggested_filename == "chambre.toml"
    assert "title = 1\nbegins = 2\ncity = 3\n" in download.value.path().read_text("utf-8")
    with tab.expect_download() as report:
        tab.get_by_role("button", name="Rapport ligne par ligne (CSV)").click()
    assert "date_unreadable" in report.value.path().read_text("utf-8-sig")  # the line of titles is a row now


@pytest.mark.in_turn
def test_a_coordinator_follows_a_source_and_finds_the_form_empty_again(
    tab: Page, guarded: Server, own_file: Path
) -> None:
    signed_in(tab, guarded, "marie")
    at_rest(tab)
    tab.get_by_text(re.compile("^Suivre une source")).click()
    given = {
        "Adresse (https://…)": "https://exemple.org/agenda.ics", "Nom de la source": "Chambre", "Licence des événements": "ODbL",
    }  # fmt: skip
    fields = {label: tab.get_by_label(label, exact=True).last for label in given}  # the form of files is above
    for label, text in given.items():
        at_rest(tab)
        fields[label].fill(text)
        fields[label].press("Tab")
    at_rest(tab)
    tab.get_by_role("button", name="Suivre", exact=True).click()
    expect(tab.get_by_text("Chambre est suivie.")).to_be_visible()
    at_rest(tab)
    for field in fields.values():
        expect(field).to_have_value("")
    expect(tab.get_by_text("Chambre : pas encore lue")).to_be_visible()
    tab.goto(by_name(guarded).address("/sources"))
    stands_cell_below_cell(tab, "Sources suivies")
    own_file.with_name("sources.toml").unlink()  # the tests that follow know of no source


@pytest.mark.thorough
def test_a_coordinator_decides_on_a_pair(tab: Page, guarded: Server, own_file: Path) -> None:
    signed_in(tab, guarded, "marie")
    decided = "select decision from duplicate_decisions"
    press(tab, "C'est le même")
    expect(tab.get_by_text("Accepté. Événements comptés")).to_be_visible()
    assert rows_of(own_file, decided) == [("accepted",)]
    at_rest(tab)
    tab.get_by_text("Paires décidées").click()
    press(tab, "Revenir")
    expect(tab.get_by_text("Décision retirée")).to_be_visible()
    assert rows_of(own_file, decided) == []


@pytest.mark.in_turn
def test_a_coordinator_brings_her_own_workbook_and_takes_her_report(
    tab: Page, guarded: Server, own_file: Path, tmp_path: Path
) -> None:
    """A chamber's hand-made workbook, through the page, to the pace of her region and its report: counted as the other tasks are."""
    book = Workbook()
    rows = shaped.hand_made_rows()
    for row in [[*rows[0]], *([*row.values()] for row in rows)]:
        book.active.append(row)
    book.save(tmp_path / "chambre.xlsx")
    hand = Hand(Visit(tab, by_name(guarded).url))
    signed_in(tab, guarded, "jeanne")
    hand.give(files_of(tab), tmp_path / "chambre.xlsx")
    expect(tab.get_by_role("heading", name="Ce que ces fichiers apportent")).to_be_visible()
    at_rest(tab)
    hand.press(tab.get_by_role("button", name="Publier"), is_answered=False)
    expect(tab.get_by_text("Publié, import n°")).to_be_visible()
    brought = rows_of(own_file, "select n_read, n_new from imports order by import_id desc limit 1")
    assert brought == [(60, 60)]
    assert "region=76" in str(tab.get_by_role("link", name="Bilan (PDF)").get_attribute("href"))
    hand.press(tab.get_by_role("link", name="Rythme en Occitanie"))
    assert "en Occitanie" in hand.visit.answer.replace("\u00a0", " ")
    report = tab.get_by_role("link", name="Bilan (PDF)")
    hand.see(report)
    hand.n_actions += 1
    assert "region=76" in str(report.get_attribute("href"))
    print(f"\nA coordinator with her own workbook: {hand.n_actions} actions")
    assert hand.n_actions <= 7  # the file, « Publier » and the report are a screen away each
