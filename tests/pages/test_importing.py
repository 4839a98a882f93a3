"""The page of imports, as a coordinator who has signed in sees it."""

import csv
import io
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from campaign.core import language
from campaign.core.language import say
from campaign.core.pages import IMPORT
from campaign.core.settings import settings
from campaign.intake import Mapping, looking
from campaign.intake.fields.columns import FIELDS
from campaign.intake.looking import Column
from campaign.publish.workspace import exclusive
from campaign.view.importing import access, column_choice
from tests.pages.conftest import FRAME, plain
from tests.records import build, record, rows_of

TABLE = "Nom;Jour;Où;code postal;Thème\nForum;05/11/2014;Rennes;35000;Emploi\nDébat;06/11/2014;Lyon;69003;Culture\n"
PLAIN = "titre;date;commune\nForum;05/11/2014;Rennes\n"
HEADERLESS = "Forum;05/11/2014;Rennes\nDébat;06/11/2014;Lyon\n"


@pytest.fixture
def own_db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small file with a pair that may be one event, and a coordinator at its door."""
    path = tmp_path / "campaign.duckdb"
    place = {"commune_code": "35238", "venue": "Salle de la Cité"}
    build(
        path,
        [
            record("1", title="Forum de l'emploi solidaire", **place),
            record("2", title="Forum de l'emploi solidaire", **place),
        ],
    )
    monkeypatch.setattr(settings(), "db", path)
    sign_in(monkeypatch)
    return path


def sign_in(patch: pytest.MonkeyPatch) -> None:
    """Have a coordinator signed in."""
    for name in ("signin_provider", "signin_client_id"):
        patch.setattr(settings(), name, "essai")
    for name in ("signin_client_secret", "signin_cookie_secret"):
        patch.setattr(settings(), name, type(settings().signin_client_secret)("essai"))
    patch.setattr(settings(), "coordinators", "marie@exemple.org")
    patch.setattr(access, "person", lambda: access.Person("marie@exemple.org", True))


def opened() -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app._page_hash = calc_hash(IMPORT.path)
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception[0].value
    return app


def sent(app: AppTest, name: str, content: str) -> AppTest:
    app.file_uploader[0].set_value([(name, content.encode(), "text/csv")])
    return run(app)


def html(app: AppTest) -> str:
    return plain(unescape("\n".join(element.proto.body for element in app.get("html"))))


def button(app: AppTest, label: str) -> None:
    next(each for each in app.button if each.label == label).click()
    run(app)


def column(app: AppTest, header: str, field: str | None) -> None:
    choice = next(box for box in app.selectbox if f"« {header} »" in plain(box.label))
    choice.select_index(FIELDS.index(field) + 1 if field else 0)


@pytest.mark.in_turn
def test_columns_are_shown_with_their_values_and_corrected(own_db: Path) -> None:
    app = sent(opened(), "chambre.csv", TABLE)
    assert "Forum · Débat" in html(app)
    assert "05/11/2014 · 06/11/2014" in html(app)
    fields = {plain(box.label): box.value for box in app.selectbox if "Champ de" in box.label}
    assert fields == {
        "Champ de « Nom »": "title",
        "Champ de « Jour »": "begins",
        "Champ de « Où »": "venue",
        "Champ de « code postal »": "postcode",
        "Champ de « Thème »": "themes",
    }
    column(app, "Où", "city")
    column(app, "Thème", None)
    button(app, "Appliquer ces colonnes")
    assert "2 nouveaux événements" in html(app)
    button(app, "Publier")
    assert "Publié, import n° 2." in plain(app.success[0].value)
    assert rows_of(own_db, "select title, commune, themes from events where first_import_id = 2 order by title") == [
        ("Débat", "Lyon 3e Arrondissement", []),
        ("Forum", "Rennes", []),
    ]


@pytest.mark.in_turn
def test_a_table_without_header_is_read_once_its_columns_are_said(own_db: Path) -> None:
    app = sent(opened(), "sans.csv", HEADERLESS)
    assert not app.error
    assert "Dites d'abord ce que contient chaque colonne de : sans.csv." in html(app)
    for number, field in enumerate(("title", "begins", "city"), start=1):
        column(app, f"colonne {number}", field)
    button(app, "Appliquer ces colonnes")
    assert "2 nouveaux événements" in html(app)


def test_columns_are_told_in_the_language_of_the_page() -> None:
    headerless = looking.table("sans.csv", [["Forum", "05/11/2014"], ["Débat", "06/11/2014"]], Mapping())
    guessed = Column("Quand ?", (), None, say("noms de ce genre"), likely="begins")
    with language.use("en"):
        assert column_choice._name(headerless, 1) == "column 2"
        assert column_choice._reason(guessed) == "First day? names of this kind"


@pytest.mark.in_turn
def test_a_kept_mapping_is_given_back(own_db: Path) -> None:
    app = opened()
    app.file_uploader[1].set_value(
        (
            "colonnes.toml",
            b'[columns]\ntitle = "Nom"\ncity = "O\xc3\xb9"\n[source]\nname = "Chambre"',
            "application/toml",
        )
    )
    sent(app, "chambre.csv", TABLE)
    button(app, "Publier")
    assert rows_of(own_db, "select source, n_new from imports where import_id = 2") == [("Chambre", 2)]


def test_a_faulty_mapping_is_said(own_db: Path) -> None:
    app = opened()
    app.file_uploader[1].set_value(("colonnes.toml", b'[columns]\nnom = "Nom"', "application/toml"))
    run(app)
    assert "champ inconnu : nom" in plain(app.error[0].value)


ONLINE = "titre;date;lieu\nWebinaire;05/11/2014;en ligne\n"


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize(("is_ticked", "region"), [(True, "42"), (False, None)])
def test_online_events_are_those_of_the_coordinators_region_unless_she_says_otherwise(
    own_db: Path, monkeypatch: pytest.MonkeyPatch, is_ticked: bool, region: str | None
) -> None:
    monkeypatch.setattr(access, "person", lambda: access.Person("marie@exemple.org", True, "42"))
    app = opened()
    tick = next(box for box in app.checkbox if box.key == "import_online")
    assert plain(tick.label) == "L'agenda est celui d'Alsace : ses événements en ligne y sont rangés"
    if not is_ticked:
        tick.uncheck()
    button(sent(app, "agenda.csv", ONLINE), "Publier")
    assert rows_of(own_db, "select region_2014_code, attendance_mode from events where first_import_id = 2") == [
        (region, "online")
    ]


@pytest.mark.in_turn
def test_the_report_can_be_taken_away(own_db: Path) -> None:
    app = sent(opened(), "chambre.csv", "titre;date;commune\nForum;jeudi;Rennes\nDébat;06/11/2014;Trifouillis\n")
    assert "Rapport ligne par ligne (CSV)" in [download.label for download in app.get("download_button")]
    report = app.session_state["import_preview"][1][2].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(report), delimiter=";"))
    assert [(row["fichier"], row["ligne"], row["champ"], row["valeur"], row["motif"]) for row in rows][:1] == [
        ("chambre.csv", "2", "date", "jeudi", "date_unreadable")
    ]


@pytest.mark.in_turn
def test_duplicates_are_decided_and_taken_back(own_db: Path) -> None:
    app = opened()
    assert "Salle de la Cité, Rennes" in html(app)
    assert "Même titre, même moment, même lieu" in html(app)
    button(app, "C'est le même")
    assert plain(app.success[0].value) == "Accepté. Événements comptés : 1."
    assert rows_of(own_db, "select decision from duplicate_decisions") == [("accepted",)]
    assert "Aucune paire à décider" in html(app)
    button(app, "Revenir")
    assert plain(app.success[0].value) == "Décision retirée. Événements comptés : 2."
    button(app, "Deux événements")
    assert plain(app.success[0].value) == "Refusé. Événements comptés : 2."
    assert rows_of(own_db, "select decision from duplicate_decisions") == [("refused",)]


@pytest.mark.in_turn
def test_rejected_rows_are_corrected_in_place(own_db: Path) -> None:
    app = sent(opened(), "chambre.csv", "titre;date;commune\nForum;jeudi;Rennes\nDébat;06/11/2014;Lyon\n")
    assert "Corriger les lignes rejetées" in html(app)
    labels = [download.label for download in app.get("download_button")]
    assert "Les lignes rejetées de chambre.csv (Excel)" in labels
    digests = app.session_state["import_preview"][0][0]
    app.session_state["import_corrected"] = (digests, {"chambre.csv": {2: ("Forum", "05/11/2014", "Rennes")}})
    run(app)
    assert "Corriger les lignes rejetées" not in html(app)
    button(app, "Publier")
    assert rows_of(own_db, "select n_new, n_rejected from imports where import_id = 2") == [(2, 0)]


@pytest.mark.in_turn
def test_source_and_licence_are_remembered_for_an_account(own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened()
    app.text_input(key="import_source").input("Chambre")
    app.text_input(key="import_licence").input("Licence Ouverte 2.0")
    button(sent(app, "agenda-2014-10.csv", PLAIN), "Publier")
    again = sent(opened(), "agenda-2014-11.csv", PLAIN)
    assert again.text_input(key="import_source").value == "Chambre"
    assert again.text_input(key="import_licence").value == "Licence Ouverte 2.0"
    assert sent(opened(), "autre.csv", PLAIN).text_input(key="import_source").value == ""
    monkeypatch.setattr(access, "person", lambda: access.Person("paul@exemple.org", True))
    assert sent(opened(), "agenda-2014-11.csv", PLAIN).text_input(key="import_source").value == ""


@pytest.mark.in_turn
def test_the_account_behind_an_import_is_no_link(own_db: Path) -> None:
    """Streamlit makes a link of an address in a label."""
    build(own_db, [record("3")], ran_by="page Import (paul@exemple.org)")
    labels = [plain(tick.label) for tick in opened().checkbox]
    assert "Cet import est celui de paul\u2060@exemple.org : l'annuler quand même" in labels


@pytest.mark.in_turn
def test_the_last_import_is_undone_once_nobody_else_writes(own_db: Path) -> None:
    build(own_db, [record("3")], ran_by="page Import (marie@exemple.org)")
    before = rows_of(own_db, "select count(*) from events")
    with exclusive(own_db):
        busy = opened()
        button(busy, "Annuler cet import")
        assert "Un autre import est en cours" in busy.error[0].value
    assert rows_of(own_db, "select count(*) from events") == before
    button(opened(), "Annuler cet import")
    assert rows_of(own_db, "select count(*) from events") == [(before[0][0] - 1,)]
