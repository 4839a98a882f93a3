"""Processes that make heavy answers: the same answers, stopped with their readers, and nothing else that falls with them."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from asyncio import Runner
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Message, Receive, Scope, Send

from campaign import web
from campaign.api.health import HEALTH
from campaign.core import stopping
from campaign.web import frames, metrics, worker, workers
from campaign.web.heavy import Heavy
from campaign.web.processes import own_mb
from campaign.web.workers import BrokenWorkError, Workers
from tests.browser.server import ROOT, ancestors
from tests.units.conftest import eventually

LONG = "/api/v1/events.xlsx?edition=all"
ANSWERS = (
    "/api/v1/events.xlsx?edition=all&q=fête", "/api/v1/events.json?limit=3", "/figures/carte.svg", "/programme.txt?q=fête",
    "/embed/carte?lang=en", "/api/v1/events.csv?region=53", "/figures/none.svg", "/api/v1/events.json?year=1", "/apercu/carte.png",
)  # fmt: skip
VARIES = {"last-modified", "content-length"}  # a workbook holds the second at which it was made


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as opened:
        yield opened


@pytest.fixture(scope="module")
def team(demo_db: Path, runner: Runner) -> Iterator[Workers]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_DB", str(demo_db))
        patch.setenv("CAMPAIGN_LOG", "off")
        pool = Workers()
        pool.begin()
        yield pool

        async def end() -> None:
            pool.end()

        runner.run(end())


def scope_of(address: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    """Return a request as the server gives it."""
    path, _mark, query = address.partition("?")
    named = {"host": "example.org", **headers}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": str(httpx.QueryParams(query)).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "client": ("192.0.2.1", 1234),
        "server": ("127.0.0.1", 8501),
    }


class Answer:
    """What was sent: status, headers, content."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.content = b""

    async def take(self, message: Message) -> None:
        """Take one message."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.content += message.get("body", b"")


async def answered(team: Workers, scope: Scope) -> Answer:
    """Return the answer of a worker."""
    answer = Answer()
    await team.answer(scope, asyncio.Event(), answer.take)
    return answer


async def answered_here(scope: Scope) -> Answer:
    """Return the answer of this process."""
    answer = Answer()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    await Router(routes=web.routes())({**scope}, receive, answer.take)
    return answer


def processes(team: Workers) -> list[int]:
    """Return the workers' process numbers."""
    assert team._template is not None
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [number for number in numbers if ancestors(number)[:1] == [team._template.pid]]


def test_metrics_count_the_processes_and_what_they_hold(
    team: Workers, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "WORKERS", team)
    runner.run(answered(team, scope_of("/api/v1/events.json?limit=1")))
    assert team._template is not None
    here = [*processes(team), team._template.pid]
    assert len(here) > 1
    assert sorted(team.numbers()) == sorted(here)
    read = {each.name: each.samples[0].value for each in metrics.Readings().collect() if each.samples}
    assert read["campaign_heavy_processes"] == len(here)
    own_bytes = [1024 * _private_kilobytes(number) for number in here]
    assert sum(own_bytes) <= read["campaign_heavy_memory_bytes"] < 2_000_000_000
    assert min(own_bytes) > 0


def _private_kilobytes(number: int) -> int:
    lines = Path(f"/proc/{number}/smaps_rollup").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:"))


def test_a_worker_answers_as_the_server_would(team: Workers, runner: Runner, reading_demo: Path) -> None:
    for address in ANSWERS:
        theirs, here = (
            runner.run(each) for each in (answered(team, scope_of(address)), answered_here(scope_of(address)))
        )
        assert theirs.status == here.status, address
        assert set(theirs.headers) == set(here.headers), address
        is_dated = address.startswith("/api/v1/events.xlsx")
        left = VARIES if is_dated else set[str]()
        assert {name: value for name, value in theirs.headers.items() if name not in left} == {
            name: value for name, value in here.headers.items() if name not in left
        }, address
        assert is_dated or theirs.content == here.content, address
    head = runner.run(answered(team, scope_of("/programme.txt", "HEAD")))
    assert (head.status, head.content) == (200, b"")
    tag = head.headers["etag"]
    assert runner.run(answered(team, scope_of("/programme.txt", "GET", **{"if-none-match": tag}))).status == 304


@contextmanager
def held(team: Workers) -> Iterator[None]:
    """Hold the workers still within the block: what is sent to them meanwhile comes all at once, whatever the machine does."""
    numbers = processes(team)
    assert numbers
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


def test_work_stops_with_its_readers_and_the_worker_goes_on(team: Workers, runner: Runner) -> None:
    async def leave() -> float:
        left, answer = asyncio.Event(), Answer()
        with held(team):
            work = asyncio.create_task(team.answer(scope_of(LONG), left, answer.take))
            await asyncio.sleep(0.1)
            begun = time.monotonic()
            left.set()
            await asyncio.sleep(0.1)
        with pytest.raises(stopping.StoppedError):
            await work
        assert not answer.content
        return time.monotonic() - begun

    runner.run(answered(team, scope_of("/api/v1/events.json?limit=1")))
    before = processes(team)
    assert runner.run(leave()) < worker.STOPPED_WITHIN_S
    assert processes(team) == before
    assert runner.run(answered(team, scope_of("/figures/carte.svg"))).status == 200
    assert processes(team) == before


def test_work_that_does_not_stop_is_ended_by_the_system(team: Workers, runner: Runner) -> None:
    async def end() -> None:
        with held(team):
            work = asyncio.create_task(answered(team, scope_of(LONG)))
            await asyncio.sleep(0.1)
            for number in processes(team):
                os.kill(number, signal.SIGALRM)  # what the worker has the system send it, in time
        with pytest.raises(BrokenWorkError):
            await work

    runner.run(answered(team, scope_of("/api/v1/events.json?limit=1")))
    runner.run(end())
    assert runner.run(answered(team, scope_of("/figures/carte.svg"))).status == 200


@pytest.mark.in_turn
def test_another_template_is_begun_where_it_has_ended(team: Workers, runner: Runner) -> None:
    async def answer() -> Answer:
        assert team._template is not None
        while team._idle:
            team._idle.pop().writer.close()
        team._template.kill()
        team._template.wait()
        return await answered(team, scope_of("/figures/carte.svg"))

    assert runner.run(answer()).status == 200


def test_the_template_is_not_begun_with_the_server_but_later_and_once(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    pool = Workers()
    monkeypatch.setattr(pool, "begin", lambda: begun.append("a template"))
    monkeypatch.setattr(workers, "WORKERS", pool)

    async def serve() -> None:
        async with workers.running(web.routes()):
            assert workers.makes("/figures/carte.svg") == HEALTH.is_well()
            await asyncio.sleep(0)
        assert not begun

    runner.run(serve())
    runner.run(pool.begin_later(0))
    assert begun == ["a template"]
    monkeypatch.setattr(pool, "_template", object())  # an answer wanted it meanwhile
    runner.run(pool.begin_later(0))
    monkeypatch.setattr(pool, "_template", None)
    assert begun == ["a template"]


def test_workers_that_have_nothing_to_do_end(team: Workers, runner: Runner) -> None:
    def folders() -> set[Path]:
        return set(Path(team._folder).glob("campaign-worker-*"))  # what each worker writes by the way

    async def both() -> None:
        await asyncio.gather(*(answered(team, scope_of(f"/figures/carte.svg?q={n}")) for n in range(2)))
        assert len(team._idle) == 2
        assert len(folders() - before) == 2
        team.tidy(time.monotonic())
        assert len(team._idle) == 2
        team.tidy(time.monotonic() + workers.IDLE_S + 1)
        assert not team._idle

    async def rest() -> None:
        team.tidy(time.monotonic() + workers.IDLE_S + 1)

    runner.run(rest())  # those of other tests
    eventually(lambda: not processes(team))
    before = folders()  # of those that the system has ended
    runner.run(both())
    eventually(lambda: not processes(team))
    assert folders() == before


def test_a_worker_that_the_system_ended_is_not_asked_again(team: Workers, runner: Runner) -> None:
    async def ask_again() -> Answer:
        await answered(team, scope_of("/figures/carte.svg"))
        for number in processes(team):
            os.kill(number, signal.SIGKILL)
        while not all(each.reader.at_eof() for each in team._idle):
            await asyncio.sleep(0.01)
        return await answered(team, scope_of("/figures/carte.svg"))

    assert runner.run(ask_again()).status == 200


def test_a_worker_whose_work_does_not_stop_has_the_system_end_it(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarms: list[int] = []
    monkeypatch.setattr(worker, "signal", SimpleNamespace(alarm=alarms.append))

    async def stop() -> None:
        end = asyncio.Event()

        async def stubborn(_scope: Scope, _receive: Receive, _send: Send) -> None:
            await end.wait()

        ours, its = socket.socketpair()
        stuck = worker.Worker(stubborn)
        serving = asyncio.create_task(stuck.serve(its))
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        frames.write(writer, frames.ASK, worker.request_of(scope_of("/figures/carte.svg")))
        await asyncio.sleep(0)
        assert not alarms
        frames.write(writer, frames.STOP)
        while not alarms:
            await asyncio.sleep(0.01)
        assert alarms == [worker.STOPPED_WITHIN_S]
        end.set()
        assert (await frames.read(reader)) is not None
        assert stuck._work is not None
        await stuck._work
        serving.cancel()
        writer.close()

    runner.run(asyncio.wait_for(stop(), 20))
    assert alarms == [worker.STOPPED_WITHIN_S, 0]  # it ended in time after all


def test_a_worker_that_took_much_is_its_last(team: Workers, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    async def end(is_last: bytes) -> bool:
        reader = asyncio.StreamReader()
        for frame in (
            (frames.HEAD, b'{"status":200,"headers":[]}'),
            (frames.END, b'{"is_whole":true,"is_last":%s}' % is_last),
        ):
            reader.feed_data(frames._PREFIX.pack(frame[0], len(frame[1])) + frame[1])
        other = Workers()
        ours = await team._new()

        async def new() -> Any:
            return workers._Worker(reader, ours.writer)

        monkeypatch.setattr(other, "_new", new)
        await other.answer(scope_of("/figures/carte.svg"), asyncio.Event(), Answer().take)
        is_kept = bool(other._idle)
        ours.writer.close()
        return is_kept

    assert runner.run(end(b"false"))
    assert not runner.run(end(b"true"))
    assert own_mb() > 0


@pytest.mark.in_turn
def test_nothing_is_left_of_a_server_that_was_killed(demo_db: Path, tmp_path: Path) -> None:
    code = (
        "import asyncio, os, signal\n"
        "from campaign.web import workers\n"
        "async def live():\n"
        "    workers.WORKERS.begin()\n"
        "    worker = await workers.WORKERS._new()\n"
        "    print(workers.WORKERS._template.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(live())"
    )
    environment = {**os.environ, "CAMPAIGN_DB": str(demo_db), "TMPDIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    template = Path(f"/proc/{ended.stdout.strip()}")
    eventually(lambda: not template.exists(), within_s=120)
    eventually(lambda: not list(tmp_path.iterdir()), within_s=120)


@pytest.mark.in_turn
def test_a_worker_takes_no_more_memory_than_it_may() -> None:
    code = (
        "from campaign.web import worker; worker.bound(); kept = bytearray(100 << 20)\n"
        "try:\n    bytearray(400 << 20)\nexcept MemoryError:\n    print('refused')"
    )
    environment = {**os.environ, "CAMPAIGN_HEAVY_MB": "256"}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert ended.stdout == "refused\n"


@pytest.mark.in_turn
def test_heavy_addresses_are_answered_by_workers(
    demo_db: Path, reading_demo: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_DB", str(demo_db))
    here: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        here.append(scope["path"])
        await Response("here")(scope, receive, send)

    async def get(heavy: Heavy, address: str) -> Answer:
        answer, gone = Answer(), asyncio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        await heavy(scope_of(address), receive, answer.take)
        return answer

    async def all_of_it() -> None:
        heavy = Heavy(app)
        async with workers.running(web.routes()):
            monkeypatch.setattr(HEALTH, "_prepared", HEALTH.prepare())
            assert (await get(heavy, "/figures/carte.svg")).headers["content-type"] == "image/svg+xml"
            assert (await get(heavy, "/api/v1/events.json?limit=1")).status == 200
            assert here == []
            await get(heavy, "/api/v1/events.duckdb")
            monkeypatch.setattr(workers, "is_extended", lambda: True)  # by filters that this process alone knows
            await get(heavy, "/figures/carte.svg")
            monkeypatch.setattr(workers, "is_extended", lambda: False)
            monkeypatch.setattr(HEALTH, "_prepared", None)  # as for a file that is not good
            await get(heavy, "/figures/carte.svg")
            template = workers.WORKERS._template
            assert template is not None
        await get(heavy, "/figures/carte.svg")
        assert template.poll() is not None

    runner.run(all_of_it())
    assert here == ["/api/v1/events.duckdb", *["/figures/carte.svg"] * 3]


def test_an_answer_whose_process_failed_is_a_problem_and_counted(
    reading_demo: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_given: object) -> None:
        raise BrokenWorkError

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("it is for a worker")

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    answer = Answer()
    monkeypatch.setattr(workers, "makes", lambda _path: True)
    monkeypatch.setattr(workers.WORKERS, "answer", fail)
    before = metrics.BROKEN._value.get()
    runner.run(Heavy(app)(scope_of("/figures/carte.svg"), receive, answer.take))
    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert metrics.BROKEN._value.get() == before + 1
