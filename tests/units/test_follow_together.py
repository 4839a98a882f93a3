"""Sources that are read and taken together come to what they come to one after the other, each with its own account."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import duckdb
import pytest

from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.follow import publishing
from campaign.follow.sync import Result
from campaign.intake import apart
from campaign.publish import accounting, pipeline, several, trail
from campaign.publish.decisions import decide_duplicate
from campaign.publish.rollback import rollback
from tests import samples
from tests.following import START, Following, begun, resumed
from tests.sources import Agenda, Sources, agenda_event, serving
from tests.units.test_follow_sync import table

EVERY = ("Agenda", "Jeu", "Tableau", "Perdu", "Pareil", "Calendrier", "Cassé", "Bis", "Ter")
NAMES = EVERY if samples.is_full else ("Agenda", "Perdu", "Calendrier")


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def following(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    return begun(server, tmp_path, monkeypatch, first_wait_s=0.01, retries_s=1.0)


def calendar(*titles: str) -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:c{number}@exemple.fr\r\nSUMMARY:{title}\r\nDTSTART:201411{number + 3:02}T180000\r\n"
        f"LOCATION:Rennes\r\nEND:VEVENT\r\n"
        for number, title in enumerate(titles)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//FR\r\n{events}END:VCALENDAR\r\n"


def first_day(following: Following) -> None:
    """Follow nine sources of four kinds; three have a row without a title, one an event without a known place."""
    sources = following.sources
    agenda, data_set = sources.agendas["a"], sources.agendas["b"] = Agenda(uid=1), Agenda(uid=2)
    agenda.put(*(agenda_event(uid, START - timedelta(days=30 - uid)) for uid in range(1, 13)))
    data_set.put(*(agenda_event(uid, START - timedelta(days=30 - uid)) for uid in range(101, 116)))
    following.follow("Agenda", sources.agenda("a"))
    following.follow("Jeu", sources.dataset("b"), region="53")
    following.follow("Tableau", sources.file("t.csv", table(15).replace(";Atelier n° 3;", ";;")))
    following.follow("Perdu", sources.file("u.csv", table(12, first=100)))
    following.follow("Pareil", sources.file("w.csv", table(5, first=200).replace(";35000;", ";99999;")))
    following.follow("Calendrier", sources.file("c.ics", calendar("Un", "Deux"), "text/calendar"))
    for name, uid in (("Bis", 3), ("Ter", 4)):
        sources.agendas[name] = Agenda(uid=uid)
        events = [agenda_event(uid * 1000 + n, START - timedelta(days=1, minutes=n)) for n in range(4)]
        sources.agendas[name].put(*events[:2], events[2] | {"title": {"fr": ""}}, events[3])
        following.follow(name, sources.agenda(name))
    following.follow("Cassé", sources.file("x.csv", table(5, first=300)))


def second_day(following: Following) -> None:
    """Let some change, one lose most of its events, one its titles, one say the same in other bytes, one give what is no table."""
    sources = following.sources
    at = START + timedelta(days=1)
    agenda = sources.agendas["a"]
    place = agenda.events[2]["location"] | {"postalCode": "00000", "insee": "00000", "city": "Nulle-Part"}
    agenda.put(agenda_event(1, at, title={"fr": "Changé"}), agenda_event(2, at, location=place), agenda_event(50, at))
    for uid in range(102, 116):
        del sources.agendas["b"].events[uid]
    for name, uid in (("Bis", 3), ("Ter", 4)):
        sources.agendas[name].put(agenda_event(uid * 1000 + 3, at, title={"fr": f"{name} change"}))
    sources.file("t.csv", table(13).replace("Atelier n° 5;", "Autre chose;").replace("n° 7;08", "n° 7;99"))
    sources.file("u.csv", table(12, first=100, without="titre"))
    sources.file("w.csv", table(5, first=200).replace(";35000;", ";99999;") + "\n\n")
    sources.file("c.ics", calendar("Un", "Deux bis", "Trois"), "text/calendar")
    sources.file("x.csv", b"%PDF-1.4 " + b"x" * 500)


def outcome(following: Following) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a reader or a coordinator can see of the imports, without their numbers and instants."""
    return {
        "events": following.standing(),
        "withdrawn": following.rows("select source_uid from events where withdrawn_on is not null order by all"),
        "regions": following.rows("select event_id, region_2014_code, search_text from events order by all"),
        "findings": following.rows(
            """
            select f.kind, e.source, e.source_uid, f.detail, i.source from findings as f
            left join events as e using (event_id) left join imports as i using (import_id) order by all
            """
        ),
        "imports": following.rows(
            "select source, format, n_read, n_new, n_updated, n_unchanged, n_rejected, warnings::varchar, ran_by, is_full"
            " from imports order by all"
        ),
        "rejects": following.rows(
            "select i.source, r.file, r.line, r.field, r.value, r.reason from rejects as r inner join imports as i using (import_id)"
            " order by all"
        ),
        "last": following.rows(
            "select e.source, e.source_uid, i.source from events as e inner join imports as i on i.import_id = e.last_import_id"
            " order by all"
        ),
        "versions": following.rows(
            "select e.source, e.source_uid, i.source, v.changed_fields::varchar, len(v.sessions), len(v.findings)"
            " from event_versions as v inner join events as e using (event_id) inner join imports as i on i.import_id = v.import_id"
            " order by all"
        ),
        "organisers": following.rows("select organiser_id, name from organisers order by all"),
    }


def plain(results: list[Result]) -> list[Result]:
    return [replace(result, seconds=0.0) for result in results]


def one_by_one(following: Following, **given: Any) -> list[Result]:
    return [result for name in NAMES for result in following.sync(name, **given)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Result]]:
    """Where the files of the first day read one by one are kept, and the results of it: both empty before it is wanted."""
    return tmp_path_factory.mktemp("alone") / "files", []


def first_day_alone(following: Following, folder: Path, alone: tuple[Path, list[Result]]) -> Following:
    """Return what the sources of the first day come to one by one, in a folder of its own."""
    copy, results = alone
    other = Following(following.sources, folder / "campaign.duckdb")
    folder.mkdir()
    begun_at = other.now
    resumed(other, copy, lambda: results.extend(one_by_one(other)))
    other.now = begun_at + timedelta(hours=len(NAMES))
    return other


@pytest.mark.thorough
def test_together_comes_to_the_same_as_one_by_one(
    following: Following, tmp_path: Path, alone: tuple[Path, list[Result]]
) -> None:
    first_day(following)
    other = first_day_alone(following, tmp_path / "other", alone)
    assert plain(following.sync(*NAMES)) == plain(alone[1])
    assert outcome(following) == outcome(other)
    second_day(following)
    together = following.sync(*NAMES, is_full=True)
    assert plain(together) == plain(one_by_one(other, is_full=True))
    assert outcome(following) == outcome(other)
    assert {result.source: result.status for result in together} == {
        "Agenda": "changed", "Jeu": "held", "Tableau": "changed", "Perdu": "held", "Pareil": "unchanged",
        "Calendrier": "changed", "Cassé": "failed", "Bis": "changed", "Ter": "changed",
    }  # fmt: skip
    counts = {r.source: (r.read, r.new, r.updated, r.unchanged, r.rejected, r.withdrawn) for r in together}
    assert counts["Agenda"] == (13, 1, 2, 10, 0, 0)
    assert counts["Tableau"] == (13, 1, 1, 10, 1, 3)
    assert counts["Calendrier"] == (3, 1, 1, 1, 0, 0)
    assert following.rows("select count(*) from imports") == [(9 + 5,)]


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("is_full", [True, False])
def test_each_event_names_the_last_import_of_its_own_source_that_held_it(
    following: Following, *, is_full: bool
) -> None:
    """That of this run for all that came, changed or not; that of the day before for what did not come, and where nothing did."""
    some = ("Tableau", "Pareil", "Calendrier")
    first_day(following)
    following.sync(*some)
    first = dict(following.rows("select source, max(import_id) from imports group by source"))
    second_day(following)
    following.sync(*some, is_full=is_full)
    second = dict(following.rows("select source, max(import_id) from imports group by source"))
    assert second["Tableau"] != second["Calendrier"]
    assert second["Pareil"] == first["Pareil"]
    gone = {"x14", "x15"} | {"x7"}  # no longer in the table, or without a day
    last = {
        (source, uid): number
        for source, uid, number in following.rows("select source, source_uid, last_import_id from events")
    }
    assert {uid for (source, uid), number in last.items() if number != second[source]} == gone
    assert {number for (source, uid), number in last.items() if uid in gone} == {first["Tableau"]}


@pytest.mark.in_turn
def test_one_import_of_several_can_be_taken_back(following: Following) -> None:
    """It goes with those after it, as ever; those before it in the same run stay."""
    some = ("Agenda", "Tableau", "Calendrier")
    first_day(following)
    following.sync(*some)
    before = {name: following.standing(name) for name in some}
    second_day(following)
    following.sync(*some, is_full=True)
    after = {name: following.standing(name) for name in some}
    imports = following.rows("select import_id, source from imports where import_id > 3 order by import_id")
    number = imports[1][0]
    rollback(following.db, number)
    for import_id, name in imports:
        assert before[name] != after[name]
        assert following.standing(name) == (before if import_id >= number else after)[name], name
    rollback(following.db, imports[0][0])
    assert {name: following.standing(name) for name in some} == before
    assert following.rows("select count(*) from imports") == [(3,)]


@pytest.mark.thorough
def test_an_event_of_two_agendas_is_proposed_and_once_accepted_counts_once(following: Following) -> None:
    """Nothing is merged by itself: an agenda's event keeps what its own source says, also where a person said that it is the same."""
    agendas = {
        name: following.sources.agendas.setdefault(name, Agenda(uid=uid)) for name, uid in (("Pays", 5), ("Région", 6))
    }
    own = {"Pays": {}, "Région": {"conditions": {"fr": "Gratuit"}}}
    for name, agenda in agendas.items():
        agenda.put(agenda_event(7, START, **own[name]), agenda_event(agenda.uid * 100, START))
        following.follow(name, following.sources.agenda(name))
    following.sync()
    ((event, other),) = following.rows("select event_id, duplicate_of from duplicate_pairs")
    assert following.rows("select n_counted from file_info") == [(4,)]
    decide_duplicate(following.db, event, other, "accepted")
    assert following.rows("select n_counted from file_info") == [(3,)]
    for name, agenda in agendas.items():
        agenda.put(agenda_event(7, START + timedelta(days=1), title={"fr": "Un autre titre"}, **own[name]))
    assert [result.updated for result in following.sync()] == [1, 1]
    assert following.rows("select n_counted from file_info") == [(3,)]
    assert following.rows("select source, conditions from events where source_uid = '7' order by source") == [
        ("Pays", None), ("Région", "Gratuit"),
    ]  # fmt: skip


@pytest.mark.in_turn
def test_what_is_read_one_by_one_is_taken_together_all_the_same(
    following: Following, tmp_path: Path, alone: tuple[Path, list[Result]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records that were staged one source after the other keep numbers of their own."""
    first_day(following)
    other = first_day_alone(following, tmp_path / "other", alone)
    merge, merged = pipeline.merge, []

    def count(connection: duckdb.DuckDBPyConnection, accounts: dict[int, Any]) -> None:
        merged.append(len(accounts))
        merge(connection, accounts)

    def ended(*_given: object) -> None:
        raise IntakeError("Ces fichiers n'ont pas pu être lus ensemble.")

    monkeypatch.setattr(pipeline, "merge", count)
    monkeypatch.setattr(apart, "read_each", ended)
    assert plain(following.sync(*NAMES)) == plain(alone[1])
    assert merged == [len(NAMES)]
    assert outcome(following) == outcome(other)


@pytest.mark.in_turn
def test_what_cannot_be_read_or_taken_together_is_alone(
    following: Following, tmp_path: Path, alone: tuple[Path, list[Result]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first_day(following)
    other = first_day_alone(following, tmp_path / "other", alone)
    merge = pipeline.merge
    failures = []

    def fail(connection: duckdb.DuckDBPyConnection, accounts: dict[int, Any]) -> None:
        merge(connection, accounts)
        if len(accounts) > 1 or "Perdu" in str(connection.execute("select source from build_options").fetchall()):
            failures.append(len(accounts))
            raise duckdb.ConversionException("a value")

    def ended(*_given: object) -> None:
        failures.append(0)
        raise IntakeError("Ces fichiers n'ont pas pu être lus ensemble.")

    monkeypatch.setattr(pipeline, "merge", fail)
    monkeypatch.setattr(apart, "read_each", ended)
    some = ("Agenda", "Perdu", "Calendrier")
    results = following.sync(*some)
    assert failures == [0, 3, 1]
    assert {result.status for result in results if result.source != "Perdu"} == {"changed"}
    assert next(result for result in results if result.source == "Perdu").status == "failed"
    for name in set(some) - {"Perdu"}:
        assert following.standing(name) == other.standing(name)
    assert following.rows("select count(*) from events where source = 'Perdu'") == [(0,)]


@pytest.mark.in_turn
def test_what_can_be_done_once_for_all_small_sources_is(following: Following, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    first_day(following)

    def count(module: Any, name: str) -> None:
        original = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: (calls.append(name), original(*given))[1])

    run = apart._run
    monkeypatch.setattr(apart, "_run", lambda do, *given: (calls.append(do), run(do, *given))[1])
    for module, name in (
        (apart, "load_together"), (several, "_number"), (several, "_standing"), (pipeline, "place"), (pipeline, "merge"),
        (accounting, "_write_accounts"), (trail, "append"),
    ):  # fmt: skip
        count(module, name)
    following.sync(*NAMES)
    assert calls == [
        "read_each", "_standing", "load_together", "place", "merge", "_write_accounts", "_standing",
        "append", "append",  # the imports, then the run
    ]  # fmt: skip
    assert settings().sources.exists()


@pytest.mark.in_turn
@pytest.mark.parametrize("beside", ["asked", "read"])
def test_sources_are_asked_and_read_while_the_event_file_is_made_ready(
    following: Following, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    """Neither goes on before the other has begun: one after the other, the first waits in vain."""
    both = Barrier(2, timeout=10)

    def meet(module: Any, name: str, is_last: Callable[..., bool] = lambda *_given, **_named: True) -> None:
        original = getattr(module, name)
        monkeypatch.setattr(
            module,
            name,
            lambda *given, **named: (is_last(*given, **named) and both.wait(), original(*given, **named))[1],
        )

    if beside == "read":
        meet(publishing, "read_each")
    else:
        meet(sys.modules["campaign.follow.sync"], "ask", lambda wanted, *_given: wanted.source.name == "Perdu")
    meet(pipeline, "prepare")
    for name in ("Tableau", "Perdu"):
        following.follow(name, following.sources.file(f"{name}.csv", table(2, first=len(name))))
    assert [result.new for result in following.sync()] == [2, 2]
