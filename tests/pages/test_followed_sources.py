"""Followed sources on the page of imports: what a coordinator does there, and what she may not."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from campaign.core import language
from campaign.core.errors import IntakeError
from campaign.core.pages import IMPORT
from campaign.core.settings import settings
from campaign.follow import fetcher, followed, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.follow.sync import sync
from campaign.publish import trail
from campaign.view import sources as sources_page
from campaign.view.frame.literal import literal
from campaign.view.importing import access, followed_sources
from tests.pages.conftest import FRAME, plain
from tests.records import rows_of
from tests.sources import Agenda, Sources, agenda_event, serving

WHO = "marie@exemple.org"
LICENCE = "Licence Ouverte 2.0"
START = datetime(2014, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture(scope="module")
def first_reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are kept of the agenda that was read once."""
    return tmp_path_factory.mktemp("kept") / "files"


@pytest.fixture
def agenda(server: Sources, first_reading: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agenda:
    """An agenda of twenty events, followed, read once; a coordinator of Brittany is signed in."""
    given = settings()
    monkeypatch.setattr(given, "db", tmp_path / "campaign.duckdb")
    monkeypatch.setattr(given, "sources", tmp_path / "sources.toml")
    for name in ("signin_provider", "signin_client_id"):
        monkeypatch.setattr(given, name, "essai")
    for name in ("signin_client_secret", "signin_cookie_secret"):
        monkeypatch.setattr(given, name, SecretStr("essai"))
    monkeypatch.setattr(given, "coordinators", f"{WHO};53")
    monkeypatch.setattr(fetcher, "RETRIES_S", 0.1)
    monkeypatch.setattr(access, "person", lambda: access.Person(WHO, True, "53"))
    server.agendas.clear()
    server.faults.clear()
    agenda = server.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, START + timedelta(minutes=uid)) for uid in range(1, 21)))
    if first_reading.exists():
        shutil.copytree(first_reading, tmp_path, dirs_exist_ok=True)
    else:
        followed.add(Followed("Agenda", server.agenda("77"), LICENCE))
        sync(given.db)
        shutil.copytree(tmp_path, first_reading)
    return agenda


def opened(*, unfolded: bool = False) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app._page_hash = calc_hash(IMPORT.path)
    if unfolded:
        app.session_state["followed_more"] = True
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception[0].value
    return app


def html(app: AppTest) -> str:
    return plain(unescape("\n".join(element.proto.body for element in app.get("html"))))


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    [button for button in app.button if button.label == label][number].click()
    return run(app)


def fill(app: AppTest, **texts: str) -> None:
    for name, text in texts.items():
        next(field for field in app.text_input if field.key == f"followed_{name}").set_value(text)


@pytest.mark.in_turn
def test_a_source_is_paused_and_resumed_under_an_account(agenda: Agenda) -> None:
    app = opened()
    assert "Agenda : à jour" in html(app)
    press(app, "Mettre en pause")
    assert app.success[0].value == "Agenda est en pause."
    assert followed.find("Agenda").paused
    press(app, "Reprendre")
    assert not followed.find("Agenda").paused
    entries = [entry for entry in trail.entries(settings().db) if entry.action in ("follow_paused", "follow_resumed")]
    assert sorted((entry.by, entry.action, entry.source) for entry in entries) == [
        (f"page Import ({WHO})", "follow_paused", "Agenda"),
        (f"page Import ({WHO})", "follow_resumed", "Agenda"),
    ]


@pytest.mark.in_turn
def test_a_source_is_read_now_and_the_history_says_by_whom(agenda: Agenda) -> None:
    agenda.put(agenda_event(21, START + timedelta(days=1)))
    app = press(opened(), "Lire maintenant")
    assert plain(app.success[0].value) == "Agenda : publié, 1 nouveau."
    assert rows_of(settings().db, "select ran_by from imports order by import_id desc limit 1") == [
        (f"page Import ({WHO})",)
    ]
    assert plain(press(app, "Lire maintenant").success[0].value) == "Agenda : rien de nouveau."


@pytest.mark.in_turn
def test_what_is_wrong_stands_first_and_without_a_source_that_is_said(agenda: Agenda) -> None:
    followed.add(Followed("Autre", "https://agenda.example.org/", LICENCE))
    wrong = SourceState(result="held", reason="withdrawals", values={"n": 1214, "of": 1530})
    state.save(settings().db, state.load(settings().db) | {"Autre": wrong})
    text = html(opened())
    assert text.index("Autre : retenue") < text.index("Agenda : à jour")
    assert "1 214 événements sur 1 530 disparaîtraient." in text
    for name in ("Autre", "Agenda"):
        followed.remove(name)
    app = opened()
    assert "Aucune source n'est encore suivie." in html(app)
    assert app.expander[0].label == "Suivre une source"
    assert "après s'être connectés" in sources_page.details([])


@pytest.mark.in_turn
def test_what_is_held_is_let_through(agenda: Agenda) -> None:
    events = agenda.events.copy()
    agenda.events.clear()
    agenda.put(*[events[uid] for uid in range(1, 4)])
    (result,) = sync(settings().db, ["Agenda"], is_full=True)
    assert result.status == "held"
    app = opened()
    assert "Agenda : retenue" in html(app)
    assert "17 événements sur 20 disparaîtraient." in html(app)
    assert 'par <code class="option">--allow-withdrawals</code>.' in html(app)  # no line breaks at its hyphens
    press(app, "Laisser passer")
    assert plain(app.success[0].value) == "Agenda : publié, 17 retirés."
    assert "Agenda : 17 retirés, 3 inchangés." in html(app)  # what taking it back would bring again
    assert rows_of(settings().db, "select count(*) from events where withdrawn_on is null") == [(3,)]
    assert not [button for button in app.button if button.label == "Laisser passer"]


def test_a_failure_is_told_and_changes_nothing(agenda: Agenda, server: Sources) -> None:
    server.faults["*"] = ["404"] * 9
    app = press(opened(), "Lire maintenant")
    assert "Il n'y a rien à cette adresse (404)" in plain(app.error[0].value)
    assert "Agenda : en échec" in html(app)  # as it is now, not as it was when the button was drawn
    assert rows_of(settings().db, "select count(*) from events where withdrawn_on is null") == [(20,)]


@pytest.mark.in_turn
def test_a_try_shows_the_events_as_they_will_stand_and_publishes_nothing(agenda: Agenda) -> None:
    agenda.put(agenda_event(5, START + timedelta(days=1), title={"fr": "Un autre titre"}))
    before = settings().db.read_bytes()
    app = press(opened(), "Essayer")
    page = html(app)
    assert "Essai de Agenda" in page
    assert "Atelier n° 1" in page
    assert "Aucun nouvel événement, 1 à mettre à jour, 19 inchangés." in page
    assert "evenements.json" not in page  # a file of ours: she knows the source
    assert settings().db.read_bytes() == before
    assert state.load(settings().db)["Agenda"].n_wrong == 0


@pytest.mark.in_turn
def test_a_source_is_tried_then_followed_for_the_coordinators_region(
    agenda: Agenda, server: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "follow_private", True)  # the server is on loopback
    server.agendas["8"] = Agenda(uid=8)
    server.agendas["8"].put(
        agenda_event(900, START, attendanceMode=2, onlineAccessLink="https://exemple.org", location=None)
    )
    app = opened(unfolded=True)
    fill(app, url=server.agenda("8"), name="Chambre", licence=LICENCE)
    press(app, "Essayer", 1)
    assert "Atelier n° 900" in html(app)
    assert [each.name for each in followed.load()] == ["Agenda"]
    press(app, "Suivre")
    assert "Chambre est suivie" in plain(app.success[0].value)
    source = followed.find("Chambre")
    assert (source.url, source.region, source.every) == (server.agenda("8"), "53", "1h")
    sync(settings().db, ["Chambre"])
    rows = rows_of(settings().db, "select region_2014_code, attendance_mode from events where source = 'Chambre'")
    assert rows == [("53", "online")]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:8501/healthz", "machine"),
        ("https://localhost/x", "machine"),
        ("http://exemple.fr/a.csv", "https://"),
        ("https://exemple.fr/a.csv?key=1", "contient une clé"),
    ],
)
def test_a_page_follows_no_address_of_this_machine(agenda: Agenda, url: str, reason: str) -> None:
    app = opened(unfolded=True)
    fill(app, url=url, name="Chambre", licence=LICENCE)
    for number, label in ((1, "Essayer"), (0, "Suivre")):
        assert literal(reason) in plain(press(app, label, number).error[0].value)
    assert [each.name for each in followed.load()] == ["Agenda"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "a un nom"),
        ({"licence": " "}, "la licence manque"),
        ({"url": "https://docs.google.com/spreadsheets/d/abc/edit"}, "Donnez son export"),
        ({"name": "Agenda"}, "s'appelle déjà"),
        ({"url": "http://exemple.fr/a.csv"}, "n'est pas sûre"),
    ],
)
def test_what_is_missing_is_told_in_the_words_of_the_page(agenda: Agenda, given: dict[str, str], words: str) -> None:
    """A coordinator has a form in front of her, not the options of a command; on an English page it is said in English."""
    fields = {"url": "https://exemple.fr/a.csv", "name": "Chambre", "licence": LICENCE} | given
    app = opened(unfolded=True)
    fill(app, **fields)
    error = plain(press(app, "Suivre").error[0].value)
    assert words in error
    assert "--" not in error
    with language.use("en"), pytest.raises(IntakeError) as raised:
        followed.add(Followed(**fields))
    assert words not in str(raised.value)
    assert [each.name for each in followed.load()] == ["Agenda"]


def test_a_key_goes_to_its_own_host_only() -> None:
    own = Followed("A", "https://api.openagenda.com/v2/agendas/1/events", LICENCE, key_env="OPENAGENDA_KEY")
    same = Followed("B", "https://api.openagenda.com/v2/agendas/2/events", LICENCE, key_env="OPENAGENDA_KEY")
    assert followed_sources.checked(same, [own]) == same
    for url, key in (("https://ailleurs.fr/a.csv", "OPENAGENDA_KEY"), (own.url, "CAMPAIGN_SIGNIN_CLIENT_SECRET")):
        with pytest.raises(IntakeError, match="clé"):
            followed_sources.checked(Followed("C", url, LICENCE, key_env=key), [own])


@pytest.mark.parametrize("who", [None, access.Person("x@exemple.org", False)])
def test_others_see_nothing_of_it(agenda: Agenda, who: access.Person | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda: who)
    app = opened(unfolded=True)
    assert "Agenda" not in html(app).replace("/agenda", "").partition("Sources suivies")[2]
    assert not [widget for widget in app.button if (widget.key or "").startswith("followed_")]
    assert not [widget for widget in app.text_input if (widget.key or "").startswith("followed_")]
