"""Alerts and the weekly note reach whom they concern, in their language, once: by mail, as a feed, to a webhook."""

import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import feedparser
import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from typer.testing import CliRunner

from campaign import web
from campaign.analysis import targets
from campaign.cli import app
from campaign.core.language import use
from campaign.core.settings import settings
from campaign.follow import followed, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.messages import delivery, journal, webhook, words
from campaign.messages.delivery import Delivered
from campaign.messages.journal import Alert
from campaign.profile.tables import Target
from tests.mailing import REFUSED, Hook, Letters, html_of, plain_of, receiving
from tests.pages.conftest import plain
from tests.records import build, record
from tests.units.conftest import served

pytestmark = pytest.mark.in_turn

TODAY = date(2014, 10, 10)
NOW = datetime(2014, 10, 10, 8, 0, tzinfo=UTC)
SITE = "https://ess.exemple.fr"
KEY = "cle-tres-secrete"


@pytest.fixture(scope="module")
def campaign_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Brittany has two events where it had ten; Lyon has a day of twelve, of which no day of 2013 had as many."""
    path = tmp_path_factory.mktemp("alerts") / "campaign.duckdb"
    past = [
        record(f"p{n}", commune_code="35238", created_at="2013-09-01T10:00:00Z", updated_at="2013-09-01T10:00:00Z",
               timings=[(f"2013-11-{n + 2:02}T18:00", f"2013-11-{n + 2:02}T20:00")])
        for n in range(10)
    ]  # fmt: skip
    here = [record(f"b{n}", commune_code="35238", timings=[(f"2014-11-{n + 10}T18:00", None)]) for n in range(2)]
    lyon = [record(f"l{n}", commune_code="69123") for n in range(12)]
    once = record("l-past", commune_code="69123", created_at="2013-09-01T10:00:00Z", updated_at="2013-09-01T10:00:00Z",
                  timings=[("2013-11-20T18:00", "2013-11-20T20:00")])  # fmt: skip
    build(path, [*past, *here, *lyon, once])
    return path


@pytest.fixture
def db(campaign_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That file beside an empty list of sources, on a day before the opening of 2014."""
    path = tmp_path / "campaign.duckdb"
    path.write_bytes(campaign_db.read_bytes())
    given = settings()
    monkeypatch.setattr(given, "db", path)
    monkeypatch.setattr(given, "today", TODAY)
    monkeypatch.setattr(given, "public_url", SITE)
    monkeypatch.setattr(given, "sources", tmp_path / "sources.toml")
    monkeypatch.setattr(given, "recipients", tmp_path / "recipients.csv")
    monkeypatch.setattr(given, "smtp_from", "tableau@exemple.fr")
    monkeypatch.setattr(given, "smtp_tls", "none")
    monkeypatch.setattr(
        targets, "known", lambda: (Target(edition=2014, nomenclature=2014, region_code="FR", target=14),)
    )
    return path


@pytest.fixture
def letters(db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Letters]:
    settings().recipients.write_text(
        "marie@exemple.fr;53;fr\npaul@exemple.fr;82;en\nnational@exemple.fr;;fr\n", "utf-8"
    )
    with receiving("none") as mailbox:
        monkeypatch.setattr(settings(), "smtp_host", "localhost")
        monkeypatch.setattr(settings(), "smtp_port", mailbox.port)
        yield mailbox


def wrong(db: Path, name: str = "Agenda", **values: object) -> None:
    followed.add(Followed(name, "https://agenda.example.org/secret", "Licence Ouverte 2.0", key_env="CLE"))
    given = {"result": "failed", "n_wrong": 3, "reason": "http_status", "values": {"status": 500}} | values
    states = state.load(db)
    states[name] = SourceState(wrong_since=state.written(NOW - timedelta(hours=3)), **given)  # type: ignore[arg-type]
    state.save(db, states)


def tell(db: Path, at: datetime = NOW) -> Delivered:
    return delivery.tell(db, clock=lambda: at)


def subjects(letters: Letters) -> dict[str, list[str]]:
    return {to: [plain(str(message["Subject"])) for message in letters.to(to)] for to, _message in letters.taken}


def links_of(message: EmailMessage) -> list[str]:
    """Return the addresses of a message, in its text and, the same, in its HTML."""
    links = re.findall(r"^https?://\S+$", plain_of(message), re.MULTILINE)
    assert [unescape(link) for link in re.findall(r'<a href="([^"]*)"', html_of(message))] == links
    return links


def read_link(link: str) -> tuple[str, dict[str, str]]:
    """Return which page a link leads to, and with which choice, without what these tests do not choose."""
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return parts.path, {k: v for k, v in parse_qsl(parts.query) if k not in ("edition", "nomenclature")}


def kinds(db: Path) -> list[str]:
    return [alert.kind for alert in journal.load(db).alerts]


def test_each_hears_of_their_own_region_in_their_language(db: Path, letters: Letters) -> None:
    assert tell(db).sent == 3
    assert subjects(letters) == {
        "marie@exemple.fr": ["Bretagne : 2 événements à ce jour, 10 d'habitude"],
        "paul@exemple.fr": ["Record day in Rhône-Alpes: 12 events on 5 November 2014"],
        "national@exemple.fr": ["Mois de l'ESS : 4 alertes à voir"],
    }
    national = plain(plain_of(letters.to("national@exemple.fr")[0]))
    assert "France : l'objectif de 14 événements est atteint" in national
    assert "Jour record en France : 12 événements le 5 novembre 2014" in national
    marie, paul, country = (letters.to(f"{name}@exemple.fr")[0] for name in ("marie", "paul", "national"))
    assert [read_link(link) for link in links_of(marie)] == [("/rythme", {"region": "53"})]
    day = {"from": "2014-11-05", "to": "2014-11-05"}
    assert [read_link(link) for link in links_of(paul)] == [("/agenda", day | {"region": "82", "lang": "en"})]
    views = [("/agenda", day), ("/agenda", day | {"region": "82"}), ("/rythme", {}), ("/rythme", {"region": "53"})]
    assert len(links_of(country)) == len(views)
    assert all("edition=2014" in link for link in links_of(country))  # a message is read when others have followed
    assert all(view in [read_link(link) for link in links_of(country)] for view in views)
    assert "You receive this" in plain_of(paul)
    assert 'lang="en"' in html_of(paul)
    assert "au plus 1, le 20 novembre 2013" in national


def test_an_alert_goes_out_once_and_again_when_it_comes_back(db: Path, letters: Letters) -> None:
    wrong(db)
    tell(db)
    n = len(letters.taken)
    assert tell(db, NOW + timedelta(hours=1)).sent == 0
    state.save(db, {"Agenda": SourceState(result="ok", last_success=state.written(NOW))})
    assert tell(db, NOW + timedelta(hours=2)).sent == 0
    known = state.load(db)["Agenda"]
    known.result, known.n_wrong, known.reason = "held", 1, "empty"
    known.wrong_since = state.written(NOW + timedelta(hours=3))
    state.save(db, {"Agenda": known})
    assert tell(db, NOW + timedelta(hours=3)).sent == 1
    assert len(letters.taken) == n + 1
    assert subjects(letters)["national@exemple.fr"][-1] == "La source « Agenda » est retenue"


def test_the_target_of_a_region_leads_to_its_own_pace(db: Path) -> None:
    values = {"region": "53", "nomenclature": 2014, "count": 3, "target": 2}
    alert = Alert("target:2014:53:2@", "target", NOW.isoformat(), ("53",), 2014, values)
    assert read_link(words.link(alert, SITE)) == ("/rythme", {"region": "53"})
    assert plain(words.title(alert)) == "Bretagne : l'objectif de 2 événements est atteint"


def test_a_chamber_that_stays_quiet_is_told_once(db: Path, letters: Letters) -> None:
    tell(db)
    n = len(letters.taken)
    for week in range(1, 4):
        tell(db, NOW + timedelta(weeks=week))
    assert len(letters.taken) == n
    assert kinds(db).count("quiet") == 1


@pytest.mark.parametrize(("n_wrong", "expected"), [(2, 0), (3, 1)])
def test_a_source_is_told_of_once_it_has_failed_three_times(db: Path, n_wrong: int, expected: int) -> None:
    wrong(db, n_wrong=n_wrong)
    tell(db)
    assert kinds(db).count("source_failed") == expected


def test_a_source_of_a_chamber_goes_to_its_region(db: Path, letters: Letters, tmp_path: Path) -> None:
    (tmp_path / "cress.toml").write_text('[source]\nchamber_region = "82"\n', "utf-8")
    followed.add(Followed("CRESS", "https://agenda.example.org/", "LO", mapping=str(tmp_path / "cress.toml")))
    since = state.written(NOW)
    state.save(db, {"CRESS": SourceState(result="held", n_wrong=1, reason="empty", wrong_since=since)})
    tell(db)
    assert "The source" in plain_of(letters.to("paul@exemple.fr")[0])
    assert "CRESS »" not in plain_of(letters.to("marie@exemple.fr")[0])


def test_a_source_of_nobody_in_particular_reaches_somebody(db: Path, letters: Letters) -> None:
    settings().recipients.write_text("marie@exemple.fr;53;fr\n", "utf-8")
    wrong(db)
    tell(db)
    assert "La source « Agenda » a échoué 3 fois de suite" in plain(plain_of(letters.to("marie@exemple.fr")[0]))


def test_one_who_is_refused_leaves_the_others_and_is_told_by_line(db: Path, letters: Letters) -> None:
    letters.answers = {"paul@exemple.fr": REFUSED}
    result = tell(db)
    assert result.sent == 2
    (problem,) = result.problems
    assert plain(problem).startswith("recipients.csv, ligne 2 : ")
    assert "paul" not in problem
    assert tell(db).problems == []  # the answer will be the same: it is not asked again


def test_what_could_not_be_delivered_is_tried_again(db: Path, letters: Letters) -> None:
    letters.answers = {"paul@exemple.fr": "451 later"}
    assert tell(db).sent == 2
    letters.answers = {}
    assert tell(db, NOW + timedelta(hours=1)).sent == 1
    assert len(letters.to("paul@exemple.fr")) == 1


def test_what_could_not_be_delivered_for_three_days_is_old_news(db: Path, letters: Letters) -> None:
    letters.answers = {"paul@exemple.fr": "451 later"}
    tell(db)
    letters.answers = {}
    assert tell(db, NOW + timedelta(days=4)).sent == 0


def test_a_server_that_is_away_is_told_and_tried_again(
    db: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "smtp_port", 1)
    assert "ne répond pas" in tell(db).problems[0]
    monkeypatch.setattr(settings(), "smtp_port", letters.port)
    assert tell(db, NOW + timedelta(hours=1)).sent == 3


def test_no_alert_of_a_demonstration_or_of_an_edition_that_is_over(
    demo_db: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "today", date(2015, 2, 1))
    tell(db)
    assert kinds(db) == []
    db.write_bytes(demo_db.read_bytes())
    monkeypatch.setattr(settings(), "today", TODAY)
    tell(db)
    assert kinds(db) == []


def test_without_an_event_file_sources_are_told_of(db: Path, letters: Letters) -> None:
    db.unlink()
    wrong(db)
    tell(db)
    assert f"{SITE}/sources" in plain_of(letters.to("national@exemple.fr")[0])


def test_what_is_kept_holds_no_address(db: Path, letters: Letters) -> None:
    wrong(db)
    tell(db)
    text = journal.path_of(db).read_text("utf-8")
    assert "exemple.fr" not in text
    assert "agenda.example.org" not in text


def test_a_damaged_journal_sends_nothing_twice(db: Path, letters: Letters) -> None:
    tell(db)
    journal.path_of(db).write_text("{", "utf-8")
    result = CliRunner().invoke(app, ["sync", "--db", str(db)])
    assert "est abîmé" in result.stderr
    assert len(letters.taken) == 3


def test_a_sync_sends_alerts_and_keeps_its_own_status(db: Path, letters: Letters) -> None:
    settings().recipients.write_text("marie@exemple.fr;53;fr\nfaux;53;fr\n", "utf-8")
    result = CliRunner().invoke(app, ["sync", "--json", "--db", str(db)])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert [to for to, _message in letters.taken] == ["marie@exemple.fr"]
    assert "Alertes : recipients.csv, ligne 2 : « faux »" in plain(result.stderr)


# The feed


def test_the_feed_tells_alerts_without_address_or_key(
    db: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLE", KEY)
    wrong(db)
    tell(db)
    with served(Starlette(routes=web.routes())) as address:
        answer = httpx.get(f"{address}/alerts.atom")
        region = httpx.get(f"{address}/alerts.atom?region=53&lang=en")
        again = httpx.get(f"{address}/alerts.atom", headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
        seen = {"if-modified-since": answer.headers["last-modified"]}
        state.save(
            db, {"Agenda": SourceState(result="held", reason="empty", wrong_since=state.written(NOW), n_wrong=1)}
        )
        tell(db, NOW + timedelta(hours=1))
        later = httpx.get(f"{address}/alerts.atom", headers={"if-none-match": answer.headers["etag"]})
        assert later.status_code == 200
        assert httpx.get(f"{address}/alerts.atom", headers=seen).status_code == 200
    feed = feedparser.parse(answer.text)
    assert feed.bozo == 0
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert [entry.tags[0].term for entry in feed.entries].count("source_failed") == 1
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 5
    for hidden in ('exemple.fr"', "@", "agenda.example.org", KEY, "secret"):
        assert hidden not in answer.text.replace(SITE, "")
    of_region = feedparser.parse(region.text)
    assert {entry.tags[0].term for entry in of_region.entries} == {"quiet", "target", "record", "source_failed"}
    assert "The source" in region.text
    assert not any("Rhône" in entry.title for entry in of_region.entries)
    feed = feedparser.parse(later.text)
    assert (feed.entries[0].tags[0].term, feed.entries[0].link) == ("source_held", f"{SITE}/sources")
    assert feed.entries[0].updated == feed.feed.updated == "2014-10-10T09:00:00Z"
    assert {entry.updated for entry in feed.entries[1:]} == {"2014-10-10T08:00:00Z"}
    quiet = next(entry for entry in feed.entries if entry.tags[0].term == "quiet")
    assert read_link(quiet.link) == ("/rythme", {"region": "53"})
    assert "la moitié" in quiet.summary


# The webhook


@pytest.fixture
def hook(db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    receiver = Hook()
    with served(receiver.app()) as address:
        monkeypatch.setattr(settings(), "webhook_url", SecretStr(f"{address}/services/{KEY}"))
        monkeypatch.setattr(settings(), "webhook_secret", SecretStr("signature"))
        monkeypatch.setattr(webhook, "LONGEST_WAIT_S", 0.01)
        yield receiver


def test_a_webhook_gets_each_alert_once_and_signed(db: Path, hook: Hook) -> None:
    with use("en"):  # of the coordinator who read a source on the page of imports
        assert tell(db).problems == []
    assert tell(db, NOW + timedelta(hours=1)).sent == 0
    assert len(hook.bodies) == 4
    for body, headers in hook.bodies:
        expected = hmac.new(b"signature", body, sha256).hexdigest()
        assert headers["x-campaign-signature"] == f"sha256={expected}"
    quiet = next(content for body, _h in hook.bodies if (content := json.loads(body))["kind"] == "quiet")
    assert read_link(quiet["url"]) == ("/rythme", {"region": "53"})
    assert (quiet["regions"], quiet["edition"]) == (["53"], 2014)
    assert plain(quiet["title"]) == "Bretagne : 2 événements à ce jour, 10 d'habitude"
    assert sorted(json.loads(body)["url"].partition("?")[0] for body, _h in hook.bodies) == [
        f"{SITE}/agenda", f"{SITE}/agenda", f"{SITE}/rythme", f"{SITE}/rythme",
    ]  # fmt: skip
    assert {json.loads(body)["kind"] for body, _headers in hook.bodies} == {"quiet", "target", "record"}


def test_a_webhook_that_fails_for_a_moment_is_asked_again(db: Path, hook: Hook) -> None:
    hook.statuses = [503, 500]
    assert tell(db).sent == 4
    assert len(hook.bodies) == 6


def test_a_webhook_that_does_not_answer_is_asked_once_a_run(db: Path, hook: Hook) -> None:
    hook.statuses = [503] * webhook.ATTEMPTS
    (problem,) = tell(db).problems
    assert problem.startswith("Alerte «")
    assert len(hook.bodies) == webhook.ATTEMPTS
    assert tell(db, NOW + timedelta(hours=1)).sent == 4


@pytest.mark.parametrize("status", [404, 302])
def test_a_webhook_that_refuses_or_leads_elsewhere_is_left(db: Path, hook: Hook, status: int) -> None:
    hook.statuses = [status]
    result = tell(db)
    assert result.sent == 3
    assert str(status) in result.problems[0]
    assert len(hook.bodies) == 4


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "http://exemple.fr/x",
        "https://u:p@exemple.fr/",
        "ftp://a",
    ],
)
def test_a_webhook_is_no_way_into_a_private_network(db: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "webhook_url", SecretStr(f"{url}{KEY}"))
    monkeypatch.setattr(settings(), "webhook_secret", SecretStr("signature"))
    (problem,) = tell(db).problems
    assert "réseau privé" in problem or "CAMPAIGN_WEBHOOK_URL" in problem
    assert KEY not in problem


def test_a_webhook_that_is_away_is_told_without_its_address(
    db: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    tell(db)
    monkeypatch.setattr(settings(), "webhook_url", SecretStr(f"http://127.0.0.1:1/{KEY}"))
    wrong(db)
    (problem,) = tell(db).problems
    assert "ne répond pas" in problem
    messages = problem + "".join(r.getMessage() for r in caplog.records if not r.name.startswith("uvicorn"))
    assert "httpcore" in {r.name.partition(".")[0] for r in caplog.records}
    assert KEY not in messages
    assert "signature" not in messages


def test_a_webhook_without_a_secret_gets_nothing(db: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "webhook_secret", SecretStr(""))
    assert "CAMPAIGN_WEBHOOK_SECRET" in tell(db).problems[0]
    assert hook.bodies == []


# The weekly note


def send(db: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["digest", "--send", "--db", str(db), *words])
    return result.exit_code, plain(result.stdout + result.stderr)


def test_the_note_of_the_week_goes_to_each_of_a_region_once(db: Path, letters: Letters) -> None:
    assert send(db) == (0, "3 messages envoyés.")
    marie, paul = letters.to("marie@exemple.fr")[0], letters.to("paul@exemple.fr")[0]
    assert plain(str(marie["Subject"])).startswith("Le Mois de l'ESS 2014 (7e édition) en Bretagne : la semaine")
    assert "in Rhône-Alpes" in str(paul["Subject"])
    country = letters.to("national@exemple.fr")[0]
    pace = [
        [read_link(word)[1] for word in plain_of(message).split() if word.startswith(f"{SITE}/rythme")][-1]
        for message in (marie, paul, country)
    ]
    assert pace == [{"region": "53"}, {"region": "82", "lang": "en"}, {}]
    assert marie["Message-ID"] != country["Message-ID"]
    assert "<html" in html_of(marie)
    assert send(db) == (0, "0 message envoyé ; 3 déjà envoyés cette semaine.")
    assert send(db, "--date", "2014-10-20")[1] == "3 messages envoyés."
    assert len(letters.taken) == 6


def test_the_note_of_one_region_goes_to_its_recipients(db: Path, letters: Letters) -> None:
    assert send(db, "--region", "53") == (0, "1 message envoyé.")
    assert [to for to, _message in letters.taken] == ["marie@exemple.fr"]


def test_a_title_with_line_breaks_adds_no_header(db: Path, letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    from campaign.report import digest

    monkeypatch.setattr(digest, "capitalised", lambda text: f"{text}\r\nBcc: x@exemple.fr\r\n\r\nCorps")
    assert send(db, "--region", "53")[0] == 0
    ((_to, message),) = letters.taken
    assert message["Bcc"] is None
    assert "Bcc: x@exemple.fr" in str(message["Subject"])


def test_a_note_that_is_refused_or_a_line_that_is_wrong_is_told(db: Path, letters: Letters) -> None:
    letters.answers = {"paul@exemple.fr": REFUSED}
    with settings().recipients.open("a", encoding="utf-8") as file:
        file.write("x@exemple.fr;999;fr\n")
    status, output = send(db)
    assert status == 1
    assert "2 messages envoyés." in output
    assert "recipients.csv, ligne 4 : « 999 »" in output
    assert "recipients.csv, ligne 2 : le serveur d'envoi refuse" in output


@pytest.mark.parametrize(
    ("name", "variable"), [("public_url", "CAMPAIGN_PUBLIC_URL"), ("smtp_host", "CAMPAIGN_SMTP_HOST")]
)
def test_what_is_missing_to_send_is_named(
    db: Path, letters: Letters, name: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), name, "")
    status, output = send(db)
    assert (status, variable in output) == (1, True)
