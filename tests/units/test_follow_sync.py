"""Sources that are followed: what changed, what is withdrawn, what is held, what fails; a server on loopback stands for them."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.core import language
from campaign.follow import fetcher, statuses
from campaign.publish.rollback import rollback
from campaign.store import shape
from campaign.view import sources as sources_page
from campaign.wording import sources as words
from tests import samples
from tests.following import (
    MADE_OF_EVENTS,
    OF_EVENTS,
    OF_ITS_PAST,
    OF_PEOPLE,
    REFERENCE,
    START,
    Following,
    begun,
    resumed,
)
from tests.sources import LOGIN, Agenda, Event, Sources, agenda_event, serving

pytestmark = pytest.mark.in_turn


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def following(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    return begun(server, tmp_path, monkeypatch, first_wait_s=0.01, retries_s=1.0)


@pytest.fixture(scope="module")
def first_reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files of sources that were read once are kept for other tests."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def agenda(following: Following, first_reading: Path) -> Agenda:
    """An agenda of twenty events, followed and read once."""
    agenda = following.sources.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, START - timedelta(days=30 - uid)) for uid in range(1, 21)))

    def begin() -> None:
        following.follow("Agenda", following.sources.agenda("77"))
        assert following.one().new == 20

    resumed(following, first_reading / "agenda", begin)
    following.sources.statuses()
    return agenda


@pytest.fixture
def spreadsheet(following: Following, first_reading: Path) -> None:
    """A spreadsheet of fifteen events, followed and read once."""
    url = following.sources.file("a.csv", table(15))

    def begin() -> None:
        following.follow("Tableur", url)
        assert following.one().new == 15

    resumed(following, first_reading / "spreadsheet", begin)
    following.sources.statuses()


def table(n: int, *, without: str = "", first: int = 1) -> str:
    columns = [
        c for c in ("identifiant", "titre", "date", "heure", "ville", "code postal", "organisateur") if c != without
    ]
    lines = [";".join(columns)]
    for number in range(first, first + n):
        row = {
            "identifiant": f"x{number}", "titre": f"Atelier n° {number}", "date": f"{number % 27 + 1:02}/11/2014", "heure": "18h30",
            "ville": "Rennes", "code postal": "35000", "organisateur": "Les Amis",
        }  # fmt: skip
        lines.append(";".join(row[column] for column in columns))
    return "\n".join(lines) + "\n"


# What changed


def test_a_data_set_that_tells_no_instants_is_read_whole_each_time(following: Following) -> None:
    following.sources.without_instants = True
    agenda = following.sources.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, START) for uid in range(1, 21)))
    following.follow("Jeu", following.sources.dataset("77"))
    assert following.one().new == 20
    assert (following.one().status, following.state("Jeu").cursor) == ("unchanged", None)
    assert [each.is_whole_only for each in statuses.statuses(following.db, following.now)] == [True]
    agenda.put(agenda_event(5, START, title={"fr": "Un autre titre"}))
    del agenda.events[7]
    result = following.one()
    assert (result.status, result.updated, result.unchanged, result.withdrawn) == ("changed", 1, 18, 0)
    assert following.one("Jeu", is_full=True).withdrawn == 1


def test_a_first_reading_makes_the_file_and_says_who_ran_it(following: Following, agenda: Agenda) -> None:
    rows = following.rows("select source, n_read, n_new, licence, ran_by, files, is_full from imports")
    assert rows == [("Agenda", 20, 20, "Licence Ouverte 2.0", "essai", ["Agenda"], True)]


def test_an_unchanged_agenda_costs_one_conditional_request_and_nothing_is_published(
    following: Following, agenda: Agenda
) -> None:
    following.one()  # the address with the instant is asked for the first time
    following.sources.statuses()
    before = following.db.stat()
    result = following.one()
    assert (result.status, result.read, result.unchanged) == ("unchanged", 1, 1)
    assert following.sources.statuses() == {304: 1}
    assert following.db.stat().st_mtime_ns == before.st_mtime_ns
    assert len(following.rows("select * from imports")) == 1


def test_a_change_comes_alone(following: Following, agenda: Agenda) -> None:
    agenda.put(agenda_event(5, START + timedelta(minutes=5), title={"fr": "Un autre titre"}))
    agenda.put(agenda_event(21, START + timedelta(minutes=6)))
    result = following.one()
    assert (result.status, result.new, result.updated, result.unchanged, result.withdrawn) == ("changed", 1, 1, 1, 0)
    assert following.titles()["5"] == "Un autre titre"
    assert following.rows("select count(*) from findings where kind = 'absent_from_import'") == [(0,)]
    again = following.one()
    assert (again.status, again.read) == ("unchanged", 1)


def test_a_change_is_taken_whose_instant_is_that_of_the_last_one(following: Following, agenda: Agenda) -> None:
    latest = START - timedelta(days=10)
    assert following.state("Agenda").cursor == agenda.events[20]["updatedAt"]
    agenda.put(agenda_event(3, latest, title={"fr": "Changé au même instant"}))
    assert following.one().updated == 1


def test_the_sources_clock_is_its_own(following: Following, agenda: Agenda) -> None:
    ahead = following.now + timedelta(days=400)
    agenda.put(agenda_event(4, ahead))
    following.one()
    agenda.put(agenda_event(5, ahead + timedelta(seconds=1), title={"fr": "Dans son temps"}))
    assert following.one().updated == 1
    assert following.state("Agenda").cursor == agenda.events[5]["updatedAt"]


def test_only_a_whole_reading_withdraws(following: Following, agenda: Agenda) -> None:
    del agenda.events[7], agenda.events[20]  # the second stood at the latest instant
    assert following.one().withdrawn == 0
    result = following.one("Agenda", is_full=True)
    assert (result.status, result.withdrawn, result.unchanged) == ("changed", 2, 18)
    assert "7" not in following.titles()
    agenda.put(agenda_event(7, START + timedelta(days=1)))
    assert following.one().updated == 1
    assert "7" in following.titles()


def test_everything_is_read_again_after_so_long(following: Following, agenda: Agenda) -> None:
    del agenda.events[7]
    results = [following.one() for _hour in range(24)]
    assert [result.withdrawn for result in results] == [0] * 23 + [1]


def test_pages_are_read_to_the_end(following: Following) -> None:
    following.sources.page_size = 7
    agenda = following.sources.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, START - timedelta(hours=uid % 3)) for uid in range(1, 31)))
    following.follow("Agenda", following.sources.agenda("77"))
    assert following.one().new == 30


def test_after_a_rollback_all_is_read_again(following: Following, agenda: Agenda) -> None:
    agenda.put(agenda_event(21, START + timedelta(minutes=6)))
    following.one()
    rollback(following.db, 2)
    result = following.one()
    assert (result.status, result.new, result.unchanged) == ("changed", 1, 20)


def test_another_event_file_is_filled(following: Following, agenda: Agenda) -> None:
    following.db.unlink()
    assert following.one().new == 20


@pytest.mark.parametrize("what", ["records", pytest.param("exports/json", marks=pytest.mark.thorough)])
def test_a_data_set_is_read_by_its_field_of_modification(following: Following, what: str) -> None:
    agenda = following.sources.agendas["evenements"] = Agenda()
    agenda.put(*(agenda_event(uid, START - timedelta(days=30 - uid % 20)) for uid in range(1, 101)))
    following.follow("Jeu", following.sources.dataset("evenements", what))
    assert following.one().new == 100
    agenda.put(agenda_event(5, START + timedelta(minutes=5), title={"fr": "Un autre titre"}))
    result = following.one()
    assert result.updated == 1
    assert result.read < 30
    del agenda.events[7]
    assert following.one("Jeu", is_full=True).withdrawn == 1


@pytest.mark.usefixtures("spreadsheet")
def test_a_file_is_read_by_its_validators(following: Following) -> None:
    assert following.one().status == "unchanged"
    assert following.sources.statuses() == {304: 1}
    following.sources.file("a.csv", table(16).replace("Atelier n° 3;", "Autre titre;").replace("x1;", "y1;"))
    result = following.one()
    assert (result.new, result.updated, result.withdrawn) == (2, 1, 0)
    assert following.one("Tableur", is_full=True).withdrawn == 1


@pytest.mark.usefixtures("spreadsheet")
def test_a_change_is_not_lost_where_the_run_was_ended_before_it_was_published(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.sources.file("a.csv", table(16))
    with monkeypatch.context() as patched:
        patched.setattr(
            "campaign.follow.publishing.run_several", lambda *_args, **_given: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            following.sync()
    assert following.one().new == 1  # though the server says « not modified » now


def test_one_file_is_published_for_all_sources(following: Following) -> None:
    for name in ("a", "b", "c"):
        following.follow(name, following.sources.file(f"{name}.csv", table(5)))
    assert [result.status for result in following.sync()] == ["changed"] * 3
    assert following.rows("select source, n_new from imports order by import_id") == [("a", 5), ("b", 5), ("c", 5)]
    published = following.rows("select count(distinct imported_at), (select published_at from file_info) from imports")
    assert published[0][0] == 1


# What fails leaves the others, and the last good state


@pytest.mark.matrix(every=4)  # an answer of the server, and half of one
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("404", "not_found"),
        ("403", "key_refused"),
        ("500", "http_status"),
        ("429:3600", "too_many_requests"),
        ("half", "cut_short"),
    ],
)
def test_a_source_that_fails_leaves_the_others(following: Following, agenda: Agenda, fault: str, code: str) -> None:
    following.follow("Tableur", following.sources.file("a.csv", table(3)))
    following.sources.faults["/v2/agendas/77/events"] = [fault] * 200
    first, second = following.sync()
    assert (first.status, second.status, second.new) == ("failed", "changed", 3)
    assert following.state("Agenda").reason == code
    assert len(following.standing("Agenda")) == 20
    following.sources.faults.clear()
    following.now += timedelta(hours=1)
    assert [result.status for result in following.sync()] == ["unchanged", "unchanged"]
    assert following.state("Agenda").reason is None


@pytest.mark.matrix(every=2, first=1)  # a time to wait is told, and half an answer
@pytest.mark.parametrize("faults", [["500"], ["429:0"], ["503:0", "500"], ["half"]])
def test_a_passing_failure_is_tried_again(following: Following, agenda: Agenda, faults: list[str]) -> None:
    agenda.put(agenda_event(21, START + timedelta(minutes=6)))
    following.sources.faults["/v2/agendas/77/events"] = list(faults)
    assert following.one().new == 1


def test_retry_after_is_obeyed(following: Following, agenda: Agenda) -> None:
    following.sources.faults["/v2/agendas/77/events"] = ["429:7200"]
    assert following.one().status == "failed"
    assert following.sources.statuses("events") == {429: 1}
    assert following.sync() == []  # an hour later it is not the time yet
    assert following.one().status == "unchanged"


def test_a_source_that_does_not_answer_is_left_in_time(
    following: Following, agenda: Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "READ_S", 0.2)
    monkeypatch.setattr(fetcher, "RETRIES_S", 1.0)
    monkeypatch.setattr(following.sources, "hang_s", 0.6)
    following.sources.faults["/v2/agendas/77/events"] = ["hang"] * 50
    result = following.one()
    assert (result.status, following.state("Agenda").reason) == ("failed", "too_slow")
    assert result.seconds < 3


def test_half_an_answer_is_not_remembered(following: Following) -> None:
    following.follow("Agenda", following.sources.agenda("77"))
    agenda = following.sources.agendas["77"] = Agenda()
    agenda.put(agenda_event(1, START))
    following.sources.faults["/v2/agendas/77/events"] = ["half"] * 20
    assert following.one().status == "failed"
    following.sources.faults.clear()
    assert following.one().new == 1


def test_what_cannot_be_read_is_told_by_the_name_of_its_source(following: Following) -> None:
    following.follow("Tableur", following.sources.file("a.xlsx", b"PK\x03\x04 rien"))
    assert "Tableur est une archive zip abîmée ou tronquée." in following.one().message
    (known,) = statuses.statuses(following.db, following.now)
    with language.use("en"):  # whoever reads it later
        sentence = words.wrong(str(known.reason), known.values, known.detail)
    assert sentence == (
        "What the source gives cannot be read. Tableur is a damaged or truncated zip archive. "
        "Check the address, the format and the mapping."
    )


# What is held


def held(following: Following, reason: str, n: int, **given: bool) -> None:
    before = following.standing()
    result = following.one("Agenda", **given)
    assert (result.status, result.new, result.updated, result.withdrawn) == ("held", 0, 0, 0), result
    known = following.state("Agenda")
    assert (known.reason, known.result) == (reason, "held")
    assert following.standing() == before
    assert len(before) == n


def test_many_withdrawals_are_held_until_somebody_lets_them_through(following: Following, agenda: Agenda) -> None:
    following.follow("Autre", following.sources.file("a.csv", table(3)))
    following.one("Autre")
    for uid in range(1, 12):
        del agenda.events[uid]
    held(following, "withdrawals", 23, is_full=True)
    assert "11 événements sur 20" in following.runs[-1][0].message.replace("\u202f", " ")
    held(following, "withdrawals", 23)  # until then: what changed since has nothing wrong in it
    assert following.one("Agenda", is_allowed=True).withdrawn == 11


def test_ten_withdrawals_are_not_held(following: Following, agenda: Agenda) -> None:
    for uid in range(1, 11):
        del agenda.events[uid]
    assert following.one("Agenda", is_full=True).withdrawn == 10


def test_an_empty_list_is_held(following: Following, agenda: Agenda) -> None:
    agenda.events.clear()
    held(following, "empty", 20)
    held(following, "empty", 20, is_full=True)
    result = following.one("Agenda", is_allowed=True)
    assert (result.status, result.read, result.withdrawn) == ("changed", 0, 20)
    assert following.one("Agenda", is_full=True).status == "unchanged"
    agenda.events[1] = agenda_event(1, START + timedelta(days=1))
    following.one("Agenda", is_full=True)
    assert len(following.standing()) == 1


def test_a_web_page_is_held(following: Following, agenda: Agenda) -> None:
    following.sources.faults["*"] = ["login"] * 9
    held(following, "error_page", 20)
    held(following, "error_page", 20, is_full=True)


def test_another_agenda_under_the_same_address_is_held(following: Following, agenda: Agenda) -> None:
    agenda.uid = 78
    agenda.events = {uid: agenda_event(uid, START + timedelta(days=1)) for uid in range(501, 540)}
    held(following, "other_agenda", 20)
    agenda.uid = 77  # only the events' identifiers tell
    held(following, "other_agenda", 20)
    held(following, "other_agenda", 20, is_full=True)


def test_a_lost_field_is_held(following: Following, agenda: Agenda) -> None:
    for event in agenda.events.values():
        event["timings"] = []
        event["location"] = None
    held(following, "columns_lost", 20, is_full=True)


def test_events_that_would_no_longer_be_shown_are_held(following: Following, agenda: Agenda) -> None:
    for uid in range(1, 15):
        agenda.put(agenda_event(uid, START + timedelta(days=1), state=0))
    held(following, "uncounted", 20)


@pytest.mark.matrix(every=2)  # the other ones of an agenda are above
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (table(15, without="organisateur"), "columns_lost"),
        (table(15, without="date"), "columns_lost"),
        (table(15, first=300), "other_agenda"),
        (table(3), "withdrawals"),
        (table(0), "empty"),
        ("\n", "empty"),
        ("<!DOCTYPE html><html><body>Connexion</body></html>", "error_page"),
    ],
)
@pytest.mark.usefixtures("spreadsheet")
def test_a_file_that_is_not_believed_is_held(following: Following, content: str, reason: str) -> None:
    before = following.standing()
    following.sources.file("a.csv", content)
    result = following.one("Tableur", is_full=True)
    assert (result.status, following.state("Tableur").reason) == ("held", reason)
    assert following.standing() == before


@pytest.mark.matrix(every=3, first=2)
@pytest.mark.parametrize("name", ["c.ics", "t.csv", "t.xlsx"])
def test_a_file_without_any_event_is_held_whatever_its_format(following: Following, name: str) -> None:
    """A calendar or a table that was emptied says so, not that it cannot be read."""
    calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//FR\r\n{}END:VCALENDAR\r\n"
    event = "BEGIN:VEVENT\r\nUID:{0}@exemple.fr\r\nSUMMARY:Rencontre {0}\r\nDTSTART:2014110{0}T180000\r\nEND:VEVENT\r\n"
    full: dict[str, str | bytes] = {
        "c.ics": calendar.format("".join(event.format(number) for number in range(1, 5))),
        "t.csv": table(4),
        "t.xlsx": workbook(["titre", "date"], ["Forum", "05/11/2014"], ["Débat", "06/11/2014"]),
    }
    empty: dict[str, str | bytes] = {"c.ics": calendar.format(""), "t.csv": ";;\n;;\n", "t.xlsx": workbook()}
    following.follow("Fichier", following.sources.file(name, full[name], "application/octet-stream"))
    assert following.one().new >= 2
    before = following.standing()
    following.sources.file(name, empty[name], "application/octet-stream")
    assert (following.one().status, following.state("Fichier").reason) == ("held", "empty")
    assert following.standing() == before
    result = following.one(is_allowed=True)
    assert (result.status, result.withdrawn) == ("changed", len(before))
    assert following.standing() == []
    assert following.one().status == "unchanged"
    ((latest,),) = following.rows("select max(import_id) from imports")
    rollback(following.db, latest)
    assert following.standing() == before


def feed(*numbers: int) -> str:
    entries = "".join(
        f"<item><title>Atelier {n}</title><link>https://exemple.fr/{n}</link><guid>r{n}</guid>"
        f"<ev:startdate>2014-11-{n:02}T18:00:00+01:00</ev:startdate><ev:location>Rennes</ev:location></item>"
        for n in numbers
    )
    space = 'xmlns:ev="http://purl.org/rss/1.0/modules/event/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>Agenda</title>{entries}</channel></rss>'


def test_what_a_feed_no_longer_holds_has_not_ended(following: Following) -> None:
    """A feed holds its latest entries: also a whole reading withdraws nothing."""
    following.follow("Fil", following.sources.file("a.xml", feed(1, 2, 3, 4), "application/rss+xml"))
    assert following.one().new == 4
    following.sources.file("a.xml", feed(3, 4, 5), "application/rss+xml")
    result = following.one("Fil", is_full=True)
    assert (result.status, result.new, result.withdrawn) == ("changed", 1, 0)
    assert len(following.titles()) == 5
    (known,) = statuses.statuses(following.db, following.now)
    assert "ne montre plus" in (sources_page._row(known)["name"].html or "")


def page(*numbers: int) -> str:
    events = [
        {
            "@type": "Event",
            "@id": f"e{n}",
            "name": f"Atelier {n}",
            "startDate": f"2014-11-{n:02}T18:00",
            "location": "Rennes",
        }
        for n in numbers
    ]
    script = json.dumps({"@context": "https://schema.org", "@graph": events})
    return f'<!DOCTYPE html><html><head><script type="application/ld+json">{script}</script></head><body>Agenda</body></html>'


def test_a_page_of_events_is_followed_and_a_login_page_in_its_place_is_not_believed(following: Following) -> None:
    following.follow("Page", following.sources.file("agenda", page(1, 2, 3), "text/html"))
    assert following.one().new == 3
    following.sources.file("agenda", page(1, 2, 3, 4), "text/html")
    result = following.one()
    assert (result.status, result.new, result.message) == ("changed", 1, "")
    before = following.standing()
    following.sources.file("agenda", LOGIN, "text/html")
    assert following.one("Page", is_full=True).status in ("held", "failed")
    assert following.standing() == before


CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//FR\r\nBEGIN:VEVENT\r\nUID:1@exemple.fr\r\nSUMMARY:Atelier\r\n"
    "DTSTART:20141105T180000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
EVENTS = [{"@type": "Event", "name": "Atelier", "startDate": "2014-11-05T18:00", "location": "Rennes"}]
POINT = {"type": "Feature", "geometry": None, "properties": {"titre": "Atelier", "date": "05/11/2014"}}


@pytest.mark.matrix(every=4)  # a table, a list, a workbook
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", table(2), "csv"),
        ("a.ics", CALENDAR, "ics"),
        ("a.xml", feed(1, 2), "rss"),
        ("a.html", page(1, 2), "html"),
        ("a.json", json.dumps([{"titre": "Atelier", "date": "05/11/2014"}] * 2), "json"),
        ("a.geojson", json.dumps({"type": "FeatureCollection", "features": [POINT, POINT]}), "geojson"),
        ("a.jsonl", '{"titre": "Atelier", "date": "05/11/2014"}\n' * 2, "json"),
        ("a.jsonld", json.dumps({"@context": "https://schema.org", "@graph": EVENTS}), "json-ld"),
        ("a.xlsx", None, "xlsx"),
        ("a.parquet", None, "parquet"),
    ],
)
def test_the_history_says_of_what_kind_a_source_is(
    following: Following, tmp_path: Path, name: str, content: str | bytes | None, kind: str
) -> None:
    """Feeds, pages and lists are written as tables before they are read: nobody followed those."""
    if kind == "xlsx":
        content = workbook(["titre", "date"], ["Forum", "05/11/2014"])
    elif kind == "parquet":
        duckdb.sql("select 'Forum' as titre, '05/11/2014' as date").write_parquet(str(tmp_path / name))
        content = (tmp_path / name).read_bytes()
    following.follow("Source", following.sources.file(name, content, "application/octet-stream"))
    assert following.one().new > 0
    assert following.rows("select format from imports") == [(kind,)]
    assert following.state("Source").format == kind


def test_all_are_read_where_nobody_waits_but_those_in_pause(following: Following, agenda: Agenda) -> None:
    following.follow("Tableur", following.sources.file("a.csv", table(3)), paused=True)
    following.follow("Autre", following.sources.file("b.csv", table(3, first=50)))
    following.sync()
    following.now -= timedelta(hours=1)  # an instant ago: none is due
    del agenda.events[7]
    assert following.sync(is_full=True) == []
    following.now -= timedelta(hours=1)
    results = {
        result.source: (result.status, result.withdrawn) for result in following.sync(is_full=True, is_waiting=False)
    }
    assert results == {"Agenda": ("changed", 1), "Autre": ("unchanged", 0)}


def workbook(*rows: list[str]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


# Incremental and whole agree


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_through_weeks_of_changes_both_ways_of_reading_agree(following: Following, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    agenda = following.sources.agendas["77"] = Agenda()
    agenda.put(*(agenda_event(uid, START - timedelta(days=40) + timedelta(minutes=uid)) for uid in range(1, 31)))
    n_days, full_every = (30, 7) if samples.is_full else (3, 2)
    following.follow("Agenda", following.sources.agenda("77"), full_every=f"{full_every}d")
    whole = Following(following.sources, tmp_path / "whole" / "campaign.duckdb")
    for day in range(n_days):
        following.now = whole.now = START + timedelta(days=day)
        gone: set[int] = set()
        for _change in range(chance.randrange(4)):
            at = following.now - timedelta(seconds=chance.randrange(3600))
            uid = chance.choice(sorted(agenda.events))
            what = chance.randrange(5)
            if what == 0:
                agenda.put(agenda_event(max(agenda.events) + 1, at))
            elif what == 1:
                save(agenda, agenda_event(uid, at, title={"fr": f"Titre du jour {day}"}))
            elif what == 2:
                save(agenda, agenda_event(uid, at, status=6))
            elif what == 3:
                timing = {"begin": f"2014-11-{day % 28 + 1:02}T09:00:00+01:00", "end": None}
                save(agenda, agenda_event(uid, at, timings=[timing]))
            elif len(agenda.events) > 20:
                del agenda.events[uid]
                gone.add(uid)
        result = following.one("Agenda")
        assert result.status in ("changed", "unchanged"), result
        assert whole.one("Agenda", is_full=True).status in ("changed", "unchanged")
        ours = {row[1]: row for row in following.standing()}
        theirs = {row[1]: row for row in whole.standing()}
        assert set(theirs) == {str(uid) for uid in agenda.events}
        assert {uid: row for uid, row in ours.items() if uid in theirs} == theirs
        if day % full_every == 0:
            assert ours == theirs
            followed_tables, whole_tables = following.tables(), whole.tables()
            assert followed_tables.pop("data_date") >= whole_tables.pop(
                "data_date"
            )  # that an event is gone is known later
            assert followed_tables == whole_tables
            assert following.rows("from finding_rollup order by all") == whole.rows("from finding_rollup order by all")
    following.one("Agenda", is_full=True)
    last = Following(following.sources, tmp_path / "last" / "campaign.duckdb", now=following.now)
    last.one("Agenda", is_full=True)
    expected = last.tables()
    for name, rows in following.tables().items():  # one import of the last state, table by table
        assert rows >= expected[name] if name == "data_date" else rows == expected[name], name


def save(agenda: Agenda, event: Event) -> None:
    """Save an event if anything but the instant is another: one saved as it was keeps the instant of its last change here."""
    if agenda.events[event["uid"]] | {"updatedAt": ""} != event | {"updatedAt": ""}:
        agenda.put(event)


def test_every_table_is_compared_or_said_not_to_be() -> None:
    placed = [*OF_EVENTS, *MADE_OF_EVENTS, *OF_ITS_PAST, *OF_PEOPLE, *REFERENCE]
    placed.remove("data_date")  # of file_info, apart
    assert sorted(placed) == sorted({table for table, _column in shape.wanted()})
