"""What is told of followed sources: health, metrics, the page, the foot of each page, the commands."""

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core import language
from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.follow import followed, state, statuses, trial
from campaign.follow.followed import Followed
from campaign.follow.holding import LOOKED_FOR
from campaign.follow.state import SourceState, path_of
from campaign.publish.workspace import exclusive, locked
from campaign.view import sources as sources_page
from campaign.web import metrics
from campaign.wording import fields
from campaign.wording import sources as words
from tests.pages.conftest import draw_page, plain
from tests.sources import Agenda, Sources, agenda_event, serving

NOW = datetime.now(UTC).replace(microsecond=0)
LICENCE = "Licence Ouverte 2.0"
HIDDEN = "https://agenda.example.org/tres/longue/adresse"


@pytest.fixture
def sources_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings(), "sources", tmp_path / "sources.toml")
    return tmp_path / "sources.toml"


@pytest.fixture
def known(sources_file: Path, reading_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five sources in all states, beside a copy of the demonstration file."""
    beside = tmp_path / "beside.duckdb"
    shutil.copyfile(reading_demo, beside)
    monkeypatch.setattr(settings(), "db", beside)
    for name in ("À jour", "Retenue", "En échec", "En pause", "Nouvelle"):
        followed.add(Followed(name, f"{HIDDEN}/{len(name)}", LICENCE, added=NOW.isoformat(), paused=name == "En pause"))
    ago = {n: state.written(NOW - timedelta(hours=n)) for n in range(1, 60)}
    state.save(
        beside,
        {
            "À jour": SourceState(result="ok", last_attempt=ago[1], last_success=ago[1], last_change=ago[2],
                changes={"new": 3, "withdrawn": 1}),
            "Retenue": SourceState(
                result="held", last_attempt=ago[1], last_success=ago[1], wrong_since=ago[1], n_wrong=1, reason="withdrawals",
                values={"n": 30, "of": 40},
            ),
            "En échec": SourceState(
                result="failed", last_attempt=ago[1], last_success=ago[50], wrong_since=ago[49], n_wrong=40, reason="http_status",
                values={"status": 500},
            ),
            "En pause": SourceState(result="ok", last_success=ago[59]),
        },
    )  # fmt: skip
    return beside


def test_health_tells_each_source_and_whether_one_is_late(known: Path, client: httpx.Client) -> None:
    answer = client.get("/healthz")
    health = answer.json()
    assert {each["name"]: each["status"] for each in health["sources"]} == {
        "À jour": "ok", "Retenue": "held", "En échec": "failed", "En pause": "paused", "Nouvelle": "never",
    }  # fmt: skip
    assert health["stale"] is True
    assert datetime.fromisoformat(health["sources"][0]["last_success"]) == NOW - timedelta(hours=1)
    assert HIDDEN not in answer.text
    followed.pause("En échec", is_paused=True)
    again = client.get("/healthz", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 200  # though the event file is the same
    assert again.json()["stale"] is False
    # nor is it the date of the data that tells whether a source is late
    dated = client.get("/healthz", headers={"If-Modified-Since": answer.headers["last-modified"]})
    assert (dated.status_code, dated.json()["stale"]) == (200, False)


def test_health_without_sources(sources_file: Path, client: httpx.Client) -> None:
    health = client.get("/healthz").json()
    assert (health["sources"], health["stale"]) == ([], False)


def test_metrics_tell_each_source(known: Path) -> None:
    text = metrics.text().decode()
    assert 'campaign_source_ok{source="À jour"} 1.0' in text
    assert 'campaign_source_ok{source="Retenue"} 0.0' in text
    assert 'campaign_source_ok{source="En pause"}' not in text  # whoever paused it is not to be woken
    assert 'campaign_source_failures{source="En échec"} 40.0' in text
    assert 'campaign_source_stale{source="En échec"} 1.0' in text
    assert 'campaign_source_stale{source="En pause"} 0.0' in text


def test_the_page_says_what_is_wrong_since_when_and_what_to_do(known: Path) -> None:
    page = draw_page("sources")
    assert page.answer == "5 sources suivies ; 2 à voir."
    for text in (
        "30 événements sur 40 disparaîtraient.", "laissez passer la source sur la page Import ou par --allow-withdrawals",
        "La source répond une erreur (500).",
        "en échec, muette depuis 2 jours", "3 nouveaux, 1 retiré", "pas encore lue", "en pause", LICENCE,
    ):  # fmt: skip
        assert text in page.text.replace("&#x27;", "'"), text
    assert page.text.count("en pause") == 2  # how it is, and when it is read next
    assert HIDDEN not in page.html
    assert draw_page("sources", lang="en").answer == "5 followed sources; 2 to look at."


def test_a_source_that_was_well_when_it_fell_silent_is_not_called_up_to_date(known: Path) -> None:
    (well,) = (each for each in statuses.statuses() if each.status == "ok")
    silent = replace(well, silent_since=datetime.now(UTC) - timedelta(days=2, hours=1))
    assert sources_page._row(silent)["status"].text == "muette depuis 2 jours"


def test_of_several_silent_sources_the_longest_time_is_not_said_of_all() -> None:
    since = [NOW - timedelta(days=30), NOW - timedelta(hours=20)]
    assert words.silent(since, NOW) == "2 sources muettes, dont une depuis 30 jours"
    assert plain(words.sentence(6, 3, 1)) == "6 sources suivies ; 3 à voir ; 1 autre source muette."


def test_the_foot_of_a_page_names_silent_sources(known: Path) -> None:
    page = draw_page("overview")
    assert "; 1 source muette depuis 2 jours" in page.text
    assert "Des données plus récentes sont publiées." in page.text
    state.path_of(known).write_text('{"sources": {}}')
    assert "muette" not in draw_page("overview").text


def test_an_unreadable_file_of_sources_stops_no_page(sources_file: Path, reading_demo: Path) -> None:
    sources_file.write_text("[[sources", "utf-8")
    assert "Aucune source" in draw_page("sources").answer


def test_every_reason_has_its_words() -> None:
    values = {"status": 500, "variable": "CLE", "limit": 3, "n": 1, "of": 2, "columns": "dates"}
    for code in words.REASONS:
        for lang in language.LANGUAGES:
            with language.use(lang):
                assert "{" not in words.reason(code, values)
                assert words.remedy(code)


def test_lost_columns_are_named_as_readers_name_them() -> None:
    """A coordinator knows no field's name in the code; the keys of a platform stand as they are."""
    lost = {"columns": "organiser, city, timings"}
    assert "Organisateur, Commune, timings." in words.reason("columns_lost", lost)
    with language.use("en"):
        assert "Organiser, Commune, timings." in words.reason("columns_lost", lost)
    assert set(LOOKED_FOR.values()) <= fields.NAMES.keys()


# The commands


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def db(sources_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    return db


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == status, (result.output, result.exception)
    return plain(result.stdout)


def objects(*arguments: str, status: int = 0) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(run(*arguments, "--json", status=status))
    return answer


@pytest.mark.in_turn
def test_a_source_from_its_name_to_the_history(server: Sources, db: Path) -> None:
    agenda = server.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, NOW) for uid in range(1, 5)))
    assert objects("sync") == []
    run("follow", "add", server.agenda("77"), "--name", "Agenda", "--licence", LICENCE, "--every", "15m")
    (before,) = objects("follow", "list")
    assert (before["status"], before["every"], before["full_every"]) == ("never", "15m", "24h")
    assert (tried := run("sync", "--dry-run")).startswith("Agenda : ")
    assert "4 nouveaux événements" in tried
    assert objects("follow", "list")[0]["status"] == "never"
    (result,) = objects("sync")
    seconds = result.pop("seconds")
    assert result == {
        "source": "Agenda", "status": "changed", "read": 4, "new": 4, "updated": 0, "unchanged": 0, "rejected": 0, "withdrawn": 0,
        "message": "",
    }  # fmt: skip
    assert seconds > 0
    assert objects("sync") == []  # it is not the time yet
    assert [each["status"] for each in objects("sync", "Agenda")] == ["unchanged"]
    (after,) = objects("follow", "list")
    assert after["status"] == "ok"
    (imported,) = objects("history")
    assert imported["source"] == "Agenda"
    assert imported["ran_by"].startswith("campaign sync (")
    (whole,) = objects("sync", "--full")  # somebody wants all of them read
    assert (whole["status"], whole["read"]) == ("unchanged", 4)
    run("follow", "pause", "Agenda")
    assert objects("follow", "list")[0]["status"] == "paused"
    assert objects("sync", "--full") == []
    run("follow", "resume", "Agenda")
    run("follow", "remove", "Agenda")
    assert objects("follow", "list") == []


def test_followed_sources_in_words(server: Sources, db: Path) -> None:
    assert "Ajoutez-en par : campaign follow add" in run("follow", "list")
    run("follow", "add", server.file("none.csv"), "--name", "A", "--licence", LICENCE, "--format", "doc", status=2)
    mapping = db.with_name("mapping.toml")
    mapping.write_text("[columns]\ntitre = 1\n", "utf-8")
    run(
        "follow",
        "add",
        server.file("none.csv"),
        "--name",
        "A",
        "--licence",
        LICENCE,
        "--mapping",
        str(mapping),
        status=2,
    )
    run("follow", "add", server.file("none.csv"), "--name", "Tableau", "--licence", LICENCE)
    assert "Tableau : pas encore lue ; dernière lecture réussie : jamais" in run("follow", "list")
    objects("sync", status=1)
    listing = run("follow", "list")
    assert "Tableau : en échec ; dernière lecture réussie : jamais" in listing
    assert "404" in listing


@pytest.mark.in_turn
def test_exit_statuses(server: Sources, db: Path) -> None:
    run("sync", "Inconnue", status=2)
    run("sync", "--every", "demain", status=2)
    run("follow", "add", "http://example.org/a.csv", "--name", "A", "--licence", LICENCE, status=2)
    run("follow", "add", server.file("none.csv"), "--name", "A", "--licence", LICENCE)
    run("follow", "add", server.file("none.csv"), "--name", "A", "--licence", LICENCE, status=2)
    run("follow", "remove", "B", status=2)
    (result,) = objects("sync", status=1)
    assert result["status"] == "failed"
    assert "Il n'y a rien à cette adresse (404)." in result["message"]
    with locked(path_of(db).with_suffix(".lock"), "occupé"):
        run("sync", "A", status=3)
    server.file("none.csv", "titre;date\nAtelier;05/11/2014\n")
    with exclusive(db):
        run("sync", "A", status=3)
    (result,) = objects("sync", "A")
    assert (result["status"], result["new"]) == ("changed", 1)
    assert statuses.statuses(db)[0].status == "ok"


@pytest.mark.in_turn
def test_another_writer_is_waited_for(server: Sources, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.file("a.csv", "titre;date\nAtelier;05/11/2014\n")
    run("follow", "add", server.file("a.csv"), "--name", "A", "--licence", LICENCE)
    monkeypatch.setattr(settings(), "wait_seconds", 30.0)
    held = threading.Event()

    def hold() -> None:
        with exclusive(db):
            held.set()
            time.sleep(1.0)

    holding = threading.Thread(target=hold)
    holding.start()
    held.wait()
    assert objects("sync", "A")[0]["new"] == 1
    holding.join()


GOOD, SOME, NONE = (
    "titre;date\nAtelier;05/11/2014\n",
    "titre;date\nAtelier;05/11/2014\n;06/11/2014\n",
    "titre;date\n;05/11/2014\n",
)


@pytest.mark.matrix(every=2, first=1)  # of each status two
@pytest.mark.parametrize(
    ("contents", "words", "status", "counts"),
    [
        pytest.param([GOOD, GOOD], [], 0, ["1 nouvel événement"] * 2, id="all good"),
        pytest.param([GOOD, SOME], [], 0, ["1 nouvel événement"] * 2, id="a rejected row among others"),
        pytest.param([NONE, GOOD], [], 1, ["1 nouvel événement"], id="all rows of one rejected"),
        pytest.param([None, GOOD], [], 1, ["1 nouvel événement"], id="one fails"),
        pytest.param([None, GOOD], ["B"], 0, ["1 nouvel événement"], id="one fails that was not asked"),
        pytest.param([], [], 0, [], id="none followed"),
        pytest.param([GOOD], ["Inconnue"], 2, [], id="an unknown name"),
        pytest.param([GOOD], ["--every", "1h"], 2, [], id="without end"),
        pytest.param([GOOD], ["--json"], 2, [], id="as json"),
    ],
)
def test_a_trial_ends_by_what_the_sources_would_bring(
    server: Sources, db: Path, contents: list[str | None], words: list[str], status: int, counts: list[str]
) -> None:
    for number, content in enumerate(contents):
        url = server.file(f"tried-{number}.csv", content) if content else server.file("none-tried.csv")
        run("follow", "add", url, "--name", "AB"[number], "--licence", LICENCE)
    assert re.findall(r"\d+ nouve\w+ événements?", run("sync", "--dry-run", *words, status=status)) == counts
    assert not db.exists()


@pytest.mark.in_turn
def test_a_trial_knows_the_events_that_were_read_and_names_the_source(server: Sources, db: Path) -> None:
    """Identifiers that are short are unique within their calendar alone, which has the same name each time."""
    event = "BEGIN:VEVENT\r\nUID:{0}@x\r\nSUMMARY:Rencontre {0}\r\nDTSTART:2014110{0}T180000\r\nEND:VEVENT\r\n"
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event.format(1)}{event.format(2)}END:VCALENDAR\r\n"
    run("follow", "add", server.file("court.ics", calendar), "--name", "Le calendrier", "--licence", LICENCE)
    run("sync")
    report = run("sync", "--dry-run")
    assert "2 inchangés" in report
    assert "Le calendrier : ics" in report
    assert "source-1" not in report
    server.file("court.ics", "\0\1")
    with pytest.raises(IntakeError, match=r"^Le calendrier n'est ni un texte"):
        trial.run(db, followed.find("Le calendrier"))


@pytest.mark.in_turn
def test_a_trial_of_a_source_that_is_held_is_told_unless_the_file_is_busy_or_nothing_is_left(
    server: Sources, db: Path
) -> None:
    lines = [f"Atelier {n};05/11/2014\n" for n in range(15)]
    url = server.file("held.csv", "titre;date\n" + "".join(lines))
    run("follow", "add", url, "--name", "A", "--licence", LICENCE)
    run("sync")
    server.file("held.csv", "titre;date\n" + lines[0])
    assert [each["status"] for each in objects("sync", "A", "--full", status=1)] == ["held"]
    assert "1 inchangé" in run("sync", "--dry-run")
    with exclusive(db):
        run("sync", "--dry-run", status=3)
    server.file("held.csv", "titre;date\n")
    run("sync", "--dry-run", status=1)
