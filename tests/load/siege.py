"""`python -m tests.load.siege`: one client takes all that it can get; what another reader and a probe of health see meanwhile.

The attacker comes from 127.0.0.2, the reader from 127.0.0.1. Both and the server share the machine's cores; the attacker's program
itself is nice, as its work would be done elsewhere.
"""

import argparse
import asyncio
import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from campaign.publish import demonstration
from tests.browser.server import ROOT, Server, serving
from tests.load.reader import Reader

SOURCE: Final = "127.0.0.2"
HEAVY: Final = (
    "/api/v1/events.xlsx?edition=all&q={}", "/figures/carte.svg?q={}", "/reports/bilan.pdf?region={}", "/programme.pdf?q={}",
    "/kits/presse.zip?region={}", "/embed/carte?q={}", "/api/v1/events.ics?edition=all&q={}", "/apercu/carte.png?q={}",
    "/api/v1/events.xlsx?edition=all",
)  # fmt: skip
REGIONS: Final = (
    "11",
    "21",
    "22",
    "23",
    "24",
    "25",
    "26",
    "31",
    "41",
    "42",
    "43",
    "52",
    "53",
    "54",
    "72",
    "73",
    "74",
    "82",
)
N_HEAVY, N_SOCKETS, N_HEADS, N_UPLOADS, N_RERUNS = 40, 2000, 100, 50, 20
UPLOAD_BYTES: Final = 49_000_000
AFTER_S: Final = 60.0
WARM_S: Final = 12.0  # until what was freed is given back
PAGE_S, HEALTH_S = 1.5, 0.1
PROBED_EVERY_S: Final = 0.1
FAILED_S: Final = 60.0  # the wait that stands for an answer that never came


@dataclass
class Siege:
    """What a siege did: waits in seconds, memory in MB, what the attacker was answered."""

    calm_pages_s: list[float] = field(default_factory=list)
    pages_s: list[float] = field(default_factory=list)
    health_s: list[float] = field(default_factory=list)
    refused_reader: int = 0
    memory_fresh_mb: float = 0.0
    memory_before_mb: float = 0.0
    memory_peak_mb: float = 0.0
    memory_after_mb: float = 0.0
    beside_fresh_mb: float = 0.0  # the template and the workers of heavy answers
    beside_peak_mb: float = 0.0
    beside_after_mb: float = 0.0
    descriptors_before: int = 0
    descriptors_peak: int = 0
    descriptors_after: int = 0
    log_bytes: int = 0
    beside: float = 0.0
    answers: dict[str, int] = field(default_factory=dict)


def percentile(values: list[float], share: float) -> float:
    """Return the value within which that share of them is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def attack(address: str, seconds: float) -> Counter[str]:
    """Take from a server what it gives, until the time is over; return what it answered."""
    answers: Counter[str] = Counter()
    place = urlsplit(address)
    numbers = itertools.count()
    limits = httpx.Limits(max_connections=None)
    transport = httpx.AsyncHTTPTransport(local_address=SOURCE, limits=limits)
    async with httpx.AsyncClient(base_url=address, transport=transport, timeout=60) as client:

        async def heavy() -> None:
            n = next(numbers)
            path = HEAVY[n % len(HEAVY)]
            path = path.format(REGIONS[n % len(REGIONS)] if "region=" in path else f"essai{n}")
            answer = await client.get(path)
            answers[f"heavy {answer.status_code}"] += 1
            if answer.status_code != 200:
                await asyncio.sleep(0.2)

        async def upload() -> None:
            content = b"a" * UPLOAD_BYTES
            answer = await client.put(f"/_stcore/upload_file/session-{next(numbers)}/1", content=content)
            answers[f"upload {answer.status_code}"] += 1
            await asyncio.sleep(1)

        async def slow_head() -> None:
            reader, writer = await asyncio.open_connection(place.hostname, place.port, local_addr=(SOURCE, 0))
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            reply = await reader.read(20)
            answers[f"half head {reply[9:12].decode() or 'closed'}"] += 1
            writer.close()

        async def socket() -> None:
            try:
                async with connect(
                    f"ws://{place.netloc}/_stcore/stream", subprotocols=["streamlit"], origin=address,  # type: ignore[list-item,arg-type]
                    local_addr=(SOURCE, 0), open_timeout=60,
                ):  # fmt: skip
                    answers["socket open"] += 1
                    await asyncio.sleep(seconds)
            except InvalidStatus as error:
                answers[f"socket {error.response.status_code}"] += 1
                await asyncio.sleep(seconds / 4)

        async def rerun() -> None:
            n = next(numbers)
            reader = Reader(f"{address}/?q=relance{n}", source=SOURCE)
            try:
                async with reader:
                    while True:
                        await reader.open()
                        answers["rerun"] += 1
                        reader.query = f"q=relance{next(numbers)}"
            except InvalidStatus as error:
                answers[f"rerun {error.response.status_code}"] += 1
                await asyncio.sleep(seconds / 4)

        async def again(work: Callable[[], Awaitable[None]]) -> None:
            while True:
                try:
                    await work()
                except (OSError, httpx.HTTPError, WebSocketException, TimeoutError) as error:
                    answers[f"{work.__name__} {type(error).__name__}"] += 1
                    await asyncio.sleep(0.5)

        works = [(rerun, N_RERUNS), (heavy, N_HEAVY), (slow_head, N_HEADS), (upload, N_UPLOADS), (socket, N_SOCKETS)]
        tasks = [asyncio.create_task(again(work)) for work, n in works for _turn in range(n)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return answers


async def pages(address: str, waits: list[float], siege: Siege) -> None:
    """Open the first page again and again as a reader does: its HTML, then its session's first run."""
    regions = itertools.cycle(REGIONS)
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        while True:
            begun = time.perf_counter()
            region = next(regions)
            try:
                answer = await client.get(f"/?region={region}")
                if answer.status_code != 200:
                    siege.refused_reader += 1
                async with Reader(f"{address}/?region={region}") as reader:
                    await reader.open()
            except (OSError, httpx.HTTPError, WebSocketException, TimeoutError):
                siege.refused_reader += 1
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.2)


def probe(address: str, seconds: float) -> list[float]:
    """Ask for health ten times a second, from a process that does nothing else; return the waits, one of 60 s for a failure."""
    waits: list[float] = []
    latest = time.monotonic() + seconds
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < latest:
            begun = time.perf_counter()
            try:
                is_well = client.get("/healthz").status_code == 200
            except (OSError, httpx.HTTPError):
                is_well = False
            waits.append(time.perf_counter() - begun if is_well else FAILED_S)
            time.sleep(PROBED_EVERY_S)
    return waits


async def look(siege: Siege, server: Server) -> None:
    """Look at the server's memory and descriptors again and again, at its workers' less often: that is longer to tell."""
    for n in itertools.count():
        if n % 10 == 0:
            siege.beside_peak_mb = max(siege.beside_peak_mb, await asyncio.to_thread(server.memory_beside_mb))
        siege.memory_peak_mb = max(siege.memory_peak_mb, server.memory_mb())
        siege.descriptors_peak = max(siege.descriptors_peak, descriptors(server))
        await asyncio.sleep(PROBED_EVERY_S)


def descriptors(server: Server) -> int:
    """Return how many descriptors the server holds (Linux)."""
    return len(os.listdir(f"/proc/{server.pid}/fd"))  # noqa: PTH208  names alone


async def warm(address: str) -> None:
    """Have each kind of heavy answer made once: what libraries and fonts take stays for as long as the process does."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for path in HEAVY:
            await client.get(path.format(REGIONS[0] if "region=" in path else "premier"))
    await asyncio.sleep(WARM_S)


async def beside(address: str, role: str, seconds: float) -> asyncio.subprocess.Process:
    """Start another process of this program; the attacker's at a lower priority: it shares the machine with what it attacks."""
    nice = ["nice", "-n", "10"] if role == "--attack" else []
    command = [*nice, sys.executable, "-m", "tests.load.siege", role, address, "--seconds", str(seconds)]
    return await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=ROOT)


async def besieged(server: Server, seconds: float) -> Siege:
    """Measure a reader in calm, then under attack, then the server a minute later."""
    siege = Siege()
    calm = asyncio.create_task(pages(server.url, siege.calm_pages_s, siege))
    await asyncio.sleep(min(10.0, seconds))
    calm.cancel()
    siege.memory_fresh_mb, siege.beside_fresh_mb = server.memory_mb(), server.memory_beside_mb()
    await warm(server.url)
    siege.memory_before_mb, siege.descriptors_before = server.memory_mb(), descriptors(server)
    log_bytes = server.log.stat().st_size
    attacker, prober = await beside(server.url, "--attack", seconds), await beside(server.url, "--probe", seconds)
    watching = [
        asyncio.create_task(pages(server.url, siege.pages_s, siege)),
        asyncio.create_task(look(siege, server)),
    ]
    (counts, _no_errors), (waits, _none) = await asyncio.gather(attacker.communicate(), prober.communicate())
    for task in watching:
        task.cancel()
    siege.answers = dict(sorted(json.loads(counts).items()))
    siege.health_s = json.loads(waits)
    siege.refused_reader += sum(wait >= FAILED_S for wait in siege.health_s)
    siege.beside = os.getloadavg()[0]
    siege.log_bytes = server.log.stat().st_size - log_bytes
    await asyncio.sleep(AFTER_S)
    siege.memory_after_mb, siege.descriptors_after = server.memory_mb(), descriptors(server)
    siege.beside_after_mb = server.memory_beside_mb()
    return siege


def lines(siege: Siege) -> list[str]:
    """Return what is printed."""
    page, health = percentile(siege.pages_s, 0.95), percentile(siege.health_s, 0.95)
    return [
        f"page, calm: median {median(siege.calm_pages_s):.2f} s, p95 {percentile(siege.calm_pages_s, 0.95):.2f} s",
        f"page, besieged: median {median(siege.pages_s):.2f} s, p95 {page:.2f} s of {len(siege.pages_s)}",
        f"/healthz: median {median(siege.health_s) * 1000:.0f} ms, p95 {health * 1000:.0f} ms, "
        f"worst {max(siege.health_s) * 1000:.0f} ms of {len(siege.health_s)}",
        f"reader refused or failed: {siege.refused_reader}",
        f"memory: fresh {siege.memory_fresh_mb:.0f} MB, once each was made {siege.memory_before_mb:.0f} MB, "
        f"peak {siege.memory_peak_mb:.0f} MB, "
        f"{siege.memory_after_mb:.0f} MB {AFTER_S:.0f} s later",
        f"memory of its workers: fresh {siege.beside_fresh_mb:.0f} MB, peak {siege.beside_peak_mb:.0f} MB, "
        f"{siege.beside_after_mb:.0f} MB {AFTER_S:.0f} s later",
        f"descriptors: {siege.descriptors_before}, peak {siege.descriptors_peak}, {siege.descriptors_after} later",
        f"log: {siege.log_bytes / 1024:.0f} KB; load average at the end {siege.beside:.1f}",
        f"the attacker was answered: {siege.answers}",
        f"{'reached' if page < PAGE_S else 'MISSED '}  page within {PAGE_S} s (p95)",
        f"{'reached' if health < HEALTH_S else 'MISSED '}  /healthz within {HEALTH_S * 1000:.0f} ms (p95)",
    ]


def main() -> None:
    """Run, print the figures and keep them."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.siege", description=__doc__)
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS_OF_SIEGE") or 45))
    parser.add_argument("--attack", default="", help="be the attacker of this address")
    parser.add_argument("--probe", default="", help="ask this address for its health")
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    if given.attack:
        print(json.dumps(asyncio.run(attack(given.attack, given.seconds))))
        return
    if given.probe:
        print(json.dumps(probe(given.probe, given.seconds)))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        demonstration.write(folder / "campaign.duckdb")
        environment = {"CAMPAIGN_DB": str(folder / "campaign.duckdb")}
        server = stack.enter_context(serving(folder / "server.log", environment=environment))
        siege = asyncio.run(besieged(server, given.seconds))
    print("\n".join(lines(siege)))
    now = datetime.now(UTC)
    about: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
    }
    shares = {
        f"{name}_p95_ms": percentile(waits, 0.95) * 1000
        for name, waits in (("calm_page", siege.calm_pages_s), ("page", siege.pages_s), ("health", siege.health_s))
    }
    target = given.json or ROOT / f"siege-{now:%Y%m%d-%H%M%S}.json"
    target.write_text(json.dumps({**about, **shares, **asdict(siege)}), "utf-8")
    print(f"Kept in {target}")


if __name__ == "__main__":
    main()
