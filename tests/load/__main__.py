"""`python -m tests.load`: many sessions on the overview, against one session on a bare page that the same server code serves."""

import argparse
import asyncio
import json
import os
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from campaign.publish import demonstration
from tests.bench.floor import serving_bare
from tests.bench.peers.server import serving_dash
from tests.browser.server import ROOT, Server, serving
from tests.deploy.nodes import cluster
from tests.load import peer
from tests.load.crowd import Check, Crowd, Pace, gather, named_in_answer
from tests.load.report import Load, as_json, lines

SINGLE_CHANGES = 20
SAMPLED_EVERY_S = 5.0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=int(os.environ.get("SESSIONS") or 200))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SOAK_MINUTES") or 1) * 60)
    parser.add_argument("--period", type=float, default=5.0, help="seconds between two changes of one reader")
    parser.add_argument("--file", type=Path, default=None, help="an event file; else a demonstration")
    parser.add_argument(
        "--nodes", type=int, default=int(os.environ.get("NODES") or 1), help="processes, behind nginx from 2 on"
    )
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument(
        "--peers", action="store_true", help="the same crowd on a Dash page afterwards (dependency group peers)"
    )
    return parser.parse_args()


@dataclass(frozen=True)
class Serving:
    """What is measured: an address, and the processes behind it."""

    url: str
    pids: tuple[int, ...]

    def cpu_seconds(self) -> float:
        """Return the processor time that the processes have used (Linux)."""
        fields = [Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split() for pid in self.pids]
        return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Return their resident memory, in MB (Linux)."""
        lines = [line for pid in self.pids for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@contextmanager
def behind_nginx(folder: Path, file: Path, n_nodes: int) -> Iterator[Serving]:
    """Serve from several processes behind the nginx of deploy/, until the block ends."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with cluster(nginx, folder, file, n_nodes) as running:
        pids = [int((folder / f"{port}.pid").read_text("utf-8")) for port in running.ports]
        yield Serving(running.url, tuple(pids))


async def alone(address: str, lists: tuple[str, ...], check: Check | None = named_in_answer) -> float:
    """Return the median wait of a single reader who changes a filter again and again."""
    pace = Pace(sessions=1, seconds=SINGLE_CHANGES * 0.5, period_s=0.5, warm_s=3.0, lists=lists)
    crowd = await gather(f"{address}/", pace, check)
    if crowd.errors:
        raise RuntimeError(crowd.errors[0])
    return median(crowd.waits)


async def together(server: Serving, pace: Pace) -> tuple[Crowd, list[tuple[float, float]], float]:
    """Return what a crowd met, the server's memory meanwhile (minutes, MB), and its share of a core."""
    course: list[tuple[float, float]] = []

    async def sample() -> None:
        begins = time.perf_counter()
        while True:
            course.append(((time.perf_counter() - begins) / 60, server.memory_mb()))
            await asyncio.sleep(SAMPLED_EVERY_S)

    sampling = asyncio.create_task(sample())
    used, begins = server.cpu_seconds(), time.perf_counter()
    names = [f"campaign_node={number:032x}" for number in range(pace.sessions)]  # as nginx gives them
    crowd = await gather(f"{server.url}/", pace, cookies=names, are_apart=True)
    share = (server.cpu_seconds() - used) / (time.perf_counter() - begins)
    sampling.cancel()
    return crowd, course, share


async def measured(bare: Server, server: Serving, pace: Pace) -> Load:
    """Measure the floor, one session and the crowd, in this order and in one run."""
    floor, single = await alone(bare.url, ("Région",), check=None), await alone(server.url, pace.lists)
    before = server.memory_mb()
    crowd, course, share = await together(server, pace)
    return Load(
        sessions=pace.sessions,
        floor_s=floor,
        single_s=single,
        waits_s=crowd.waits,
        loads_s=crowd.loads,
        n_changes=crowd.n_changes,
        errors=crowd.errors,
        memory_before_mb=before,
        memory_after_mb=max(mb for _minutes, mb in course),
        server_cpu=share,
        course=course,
    )


def main() -> None:
    """Run, print the figures and keep them."""
    given = arguments()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if given.file is None:
            given.file = folder / "campaign.duckdb"
            demonstration.write(given.file)
        bare = stack.enter_context(serving_bare(folder / "bare.log"))
        environment = {
            "CAMPAIGN_DB": str(given.file.resolve()),
            "CAMPAIGN_SOCKETS": str(given.sessions + 10),
        }
        if given.nodes > 1:
            os.environ.update(environment)
            server = stack.enter_context(behind_nginx(folder, given.file.resolve(), given.nodes))
        else:
            one = stack.enter_context(serving(folder / "server.log", environment=environment))
            server = Serving(one.url, (one.pid,))
        pace = Pace(given.sessions, given.seconds, given.period)
        load = asyncio.run(measured(bare, server, pace))
        if given.peers:
            dash = stack.enter_context(serving_dash(folder / "dash.log", environment))
            beside = asyncio.run(peer.gather(dash.url, pace))
            load.peer_waits_s, load.peer_errors = beside.waits, beside.errors
    print("\n".join(lines(load)))
    now = datetime.now(UTC)
    about = {
        "at": now.isoformat(timespec="seconds"),
        "cpus": os.cpu_count(),
        "nodes": given.nodes,
        "python": platform.python_version(),
    }
    target = given.json or ROOT / f"load-{now:%Y%m%d-%H%M%S}.json"
    target.write_text(json.dumps(as_json(load, about)), "utf-8")
    print(f"Kept in {target}")


if __name__ == "__main__":
    main()
