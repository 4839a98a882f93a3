"""Followed sources over a season: faults in one fetch of ten, runs killed in one of fifty, two at once, one during an import.

A short season in `make test`; with --every-case, or by `make soak`, a thousand runs. At its end the file equals one whole import of the
last state.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.follow import followed, state
from campaign.follow.followed import Followed
from campaign.store import lake
from tests import samples
from tests.following import LICENCE, START, Following, begun
from tests.sources import Agenda, Sources, agenda_event, serving

FAULTS = ("500", "429:0", "half", "login", "404", "empty")
N_RUNS = int(os.environ.get("SOAK", 1000 if samples.is_full else 8))
KILLED_ONE_OF, FAULTY_ONE_OF = (20, 10) if N_RUNS >= 20 else (N_RUNS, 5)
MOST_GROWTH = 1.3 if N_RUNS >= 20 else 1.6  # the first of a few runs still fill what is kept
N_ROWS, N_EVENTS = (3000, 300) if samples.is_full else (100, 40)
PYTHON = sys.executable


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def following(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    return begun(server, tmp_path, monkeypatch, first_wait_s=0.001, retries_s=0.05)


def resident_kb() -> int:
    """Return how much memory this process holds now, in kB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() >> 10


def started(db: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command; it waits for others that write."""
    environment = os.environ | {"CAMPAIGN_WAIT_SECONDS": "120", "CAMPAIGN_SOURCES": str(db.parent / "sources.toml")}
    environment.pop("PYTHONUNBUFFERED", None)  # a log is read while a run goes on
    command = [PYTHON, "-m", "campaign.cli", *words, "--db", str(db), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def changed(agenda: Agenda, chance: random.Random, following: Following) -> None:
    """Let an agenda live on: events come, change, are cancelled, vanish."""
    for _change in range(chance.randrange(3)):
        at = following.now - timedelta(seconds=chance.randrange(600))
        uid = chance.choice(sorted(agenda.events))
        what = chance.randrange(4)
        if what == 0 and len(agenda.events) < 60:
            agenda.put(agenda_event(max(agenda.events) + 1, at))
        elif what == 1:
            agenda.put(agenda_event(uid, at, title={"fr": f"Titre n° {chance.randrange(10**6)}"}))
        elif what == 2:
            agenda.put(agenda_event(uid, at, status=chance.choice((1, 4, 5, 6))))
        elif what == 3 and len(agenda.events) > 25:
            del agenda.events[uid]


def test_a_season_of_faults_and_kills_ends_with_the_last_state(following: Following, tmp_path: Path) -> None:
    chance = random.Random(20141101)  # noqa: S311
    latest = time.monotonic() + float(os.environ.get("SOAK_SECONDS", "inf"))
    names = ("a", "b", "c")
    for name in names:
        agenda = following.sources.agendas[name] = Agenda(uid=ord(name))
        agenda.put(*(agenda_event(uid, START - timedelta(days=1, minutes=uid)) for uid in range(1, 31)))
    following.follow("A", following.sources.agenda("a"), full_every="12h")
    following.follow("B", following.sources.dataset("b"), full_every="12h")
    following.follow("C", following.sources.dataset("c", "exports/json"), full_every="12h")
    following.sync()
    paths = {"a": "/v2/agendas/a/events", "b": "/api/explore/v2.1/catalog/datasets/b/records"}
    paths["c"] = "/api/explore/v2.1/catalog/datasets/c/exports/json"
    grown: list[int] = []
    for number in range(N_RUNS):
        if time.monotonic() > latest:
            break
        for name in names:
            changed(following.sources.agendas[name], chance, following)
        hidden = {}
        for name in names:
            if chance.randrange(FAULTY_ONE_OF) == 0:
                fault = chance.choice(FAULTS)
                if fault == "empty":
                    hidden[name] = following.sources.agendas[name].events
                    following.sources.agendas[name].events = {}
                else:
                    following.sources.faults[paths[name]] = [fault] * 99
        if number % KILLED_ONE_OF == KILLED_ONE_OF // 2:
            process = started(following.db, "sync", *(name.upper() for name in names))
            time.sleep(chance.uniform(0.5, 4.0))
            process.kill()
            process.communicate()
        else:
            assert all(result.status != "failed" or result.message for result in following.sync())
        for name, events in hidden.items():
            following.sources.agendas[name].events = events
        following.sources.faults.clear()
        assert following.rows("select n_counted > 60 from file_info") == [(True,)]
        grown.append(resident_kb())
        if number % max(1, N_RUNS // 20) == 0:
            print(f"\nrun {number}: {grown[-1] >> 10} MB", end="", flush=True)
    n_runs, quarter = len(grown), len(grown) // 4
    last = following.sync(*(name.upper() for name in names), is_full=True)
    assert [result.status for result in last if result.status not in ("changed", "unchanged")] == []
    once = Following(following.sources, tmp_path / "once" / "campaign.duckdb")
    once.sync("A", "B", "C", is_full=True)
    assert following.standing() == once.standing()
    statuses = Counter(result.status for run in following.runs for result in run)
    peaks = [max(grown[begin : begin + quarter]) for begin in range(0, 4 * quarter, quarter)]
    print(f"\n{n_runs} runs, {dict(statuses)}, {len(following.standing())} events")
    print("MB at most in each quarter:", ", ".join(str(peak >> 10) for peak in peaks))
    assert peaks[-1] < peaks[0] * MOST_GROWTH, peaks
    beside = {path.name for path in tmp_path.iterdir()} - {"once", "sources.toml", "sources.toml.lock"}
    beside -= {following.db.name + end for end in (".messages.json", ".messages.lock")}  # of runs by the command
    assert beside == {
        following.db.name + end
        for end in ("", ".lock", ".trail.jsonl", ".sources.json", ".sources.lock", ".sources.cache")
    }


@pytest.mark.in_turn
def test_two_runs_at_once_and_one_during_an_import(following: Following, tmp_path: Path) -> None:
    agenda = following.sources.agendas["a"] = Agenda()
    agenda.put(*(agenda_event(uid, START) for uid in range(1, N_EVENTS + 1)))
    following.follow("A", following.sources.agenda("a"))
    table = tmp_path / "table.csv"
    table.write_text("titre;date\n" + "".join(f"Atelier {n};05/11/2014\n" for n in range(N_ROWS)), "utf-8")
    processes = [
        started(following.db, "sync", "A"), started(following.db, "sync", "A"),
        started(following.db, "import", str(table), "--source", "tableur"),
    ]  # fmt: skip
    answers = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], answers
    news = sorted(result["new"] for answer in answers[:2] for result in json.loads(answer[0]))
    assert news == [0, N_EVENTS]
    assert following.rows("select source, count(*) from events group by source order by 1") == [
        ("A", N_EVENTS),
        ("tableur", N_ROWS),
    ]
    assert following.state("A").result == "ok"


@pytest.mark.in_turn
def test_a_run_that_goes_on_takes_each_change_and_ends_when_it_is_told(following: Following) -> None:
    agenda = following.sources.agendas["a"] = Agenda()
    agenda.put(*(agenda_event(uid, START) for uid in range(1, 4)))
    following.follow("A", following.sources.agenda("a"), every="1s")
    process = started(following.db, "sync", "--every", "1s")
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert [(result["status"], result["new"]) for result in first] == [("changed", 3)]
    agenda.put(agenda_event(4, START + timedelta(days=1)))
    while (result := json.loads(process.stdout.readline())[0])["status"] == "unchanged":
        pass
    assert (result["status"], result["new"]) == ("changed", 1)
    process.terminate()
    process.communicate(timeout=12)
    assert process.returncode == 0
    assert len(following.standing()) == 4


@pytest.mark.in_turn
@pytest.mark.parametrize("words", [("sync", "A"), ("sync", "--every", "1h")])
def test_a_run_that_is_ended_while_a_source_does_not_answer_leaves_all_as_it_was(
    following: Following, words: tuple[str, ...]
) -> None:
    """It ends within the seconds that a container is given; nothing is held, and the next run takes what there is."""
    agenda = following.sources.agendas["a"] = Agenda()
    agenda.put(*(agenda_event(uid, START) for uid in range(1, 11)))
    following.follow("A", following.sources.agenda("a"))
    following.sync()
    before, known = following.standing(), state.path_of(following.db).read_bytes()
    agenda.put(agenda_event(11, START))
    following.sources.faults["/v2/agendas/a/events"] = ["hang"] * 9
    following.sources.seen.clear()
    process = started(following.db, *words)
    while not following.sources.seen:
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.terminate()
    out, _errors = process.communicate(timeout=12)
    assert (process.returncode, out) == (-signal.SIGTERM, "")
    assert (following.standing(), state.path_of(following.db).read_bytes()) == (before, known)
    following.sources.faults.clear()
    assert following.one("A").new == 1
    assert not [path for path in following.db.parent.iterdir() if ".building" in path.name]


@pytest.mark.in_turn
def test_a_state_that_cannot_be_read_only_costs_a_whole_reading(following: Following) -> None:
    agenda = following.sources.agendas["a"] = Agenda()
    agenda.put(*(agenda_event(uid, START) for uid in range(1, 11)))
    following.follow("A", following.sources.agenda("a"))
    following.sync()
    state.path_of(following.db).write_text("{", "utf-8")
    state.path_of(following.db).with_suffix(".cache").joinpath("answers.db").write_bytes(b"no data base" * 1000)
    result = following.one("A")
    assert (result.status, result.unchanged) == ("unchanged", 10)
    assert following.one("A").status == "unchanged"
    assert lake.published(following.db).exists()
    followed.add(Followed("B", following.sources.agenda("a"), LICENCE))
    assert following.one("B").new == 10
