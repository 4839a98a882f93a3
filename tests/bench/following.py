"""Twenty followed sources of 500 events, 1 % of them changed, beside one import of the same events: `python -m tests.bench.following`."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

from campaign.core.settings import settings
from campaign.publish.importing import run_import
from tests.following import START, Following
from tests.sources import Agenda, Event, Sources, agenda_event, serving

N_SOURCES, N_EVENTS, N_CHANGED = 20, 500, 5


TRIES = 3  # the quickest of them counts: what else a machine does makes each slower, never quicker


@dataclass(frozen=True)
class Cost:
    """What something takes: seconds by the clock, and of processor in this process (what reads files is another one)."""

    clock_s: float
    processor_s: float


def cost(action: Callable[[], object]) -> Cost:
    """Return what something takes."""
    begun, before = time.perf_counter(), time.process_time()
    action()
    return Cost(time.perf_counter() - begun, time.process_time() - before)


def least(costs: Sequence[Cost]) -> Cost:
    """Return the least of several tries, by the clock and of processor."""
    return Cost(min(each.clock_s for each in costs), min(each.processor_s for each in costs))


def _serve(pipe: Connection) -> None:
    """Serve agendas in a process of its own, as sources are elsewhere: their work is no part of what a sync takes."""
    with serving() as sources:
        sources.agendas = {str(number): Agenda(uid=number + 1) for number in range(N_SOURCES)}
        pipe.send(sources.address)
        while (events := pipe.recv()) is not None:
            for name, each in events.items():
                sources.agendas[name].put(*each)
            pipe.send(True)


@contextmanager
def serving_apart() -> Iterator[tuple[Sources, Callable[[dict[str, list[Event]]], None]]]:
    """Serve agendas; give their addresses, and what puts events into them by their names."""
    pipe, other = Pipe()
    server = Process(target=_serve, args=(other,))
    server.start()

    def put(events: dict[str, list[Event]]) -> None:
        pipe.send(events)
        pipe.recv()

    try:
        yield Sources(address=pipe.recv()), put
    finally:
        pipe.send(None)
        server.join()


def main() -> None:
    """Print the ratios as JSON."""
    with tempfile.TemporaryDirectory() as folder, serving_apart() as (sources, put):
        settings().sources = Path(folder) / "sources.toml"
        settings().db = Path(folder) / "campaign.duckdb"  # beside which it is noted who followed what
        following = Following(sources, Path(folder) / "campaign.duckdb")
        events: dict[str, list[Event]] = {}
        for number in range(N_SOURCES):
            events[str(number)] = [
                agenda_event(number * 1000 + n, START - timedelta(days=30, minutes=-n)) for n in range(N_EVENTS)
            ]
            following.follow(f"Agenda {number}", sources.agenda(str(number)), full_every="7d")
        put(events)
        following.sync()
        whole = Path(folder) / "whole.json"
        whole.write_text(json.dumps({"events": [event for each in events.values() for event in each]}), "utf-8")
        following.sync()
        floors, unchanged_s, changed_s = [], [], []
        for attempt in range(TRIES):  # one after the other, so that each has its share of busy moments
            other = Path(folder) / f"other-{attempt}.duckdb"
            floors.append(cost(partial(run_import, other, [whole])))
            unchanged_s.append(cost(following.sync))
            at = START + timedelta(days=1 + attempt)
            put(
                {
                    str(number): [
                        agenda_event(number * 1000 + n, at, title={"fr": f"Changé {attempt} {n}"})
                        for n in range(N_CHANGED)
                    ]
                    for number in range(N_SOURCES)
                }
            )
            changed_s.append(cost(following.sync))
            assert {result.updated for result in following.runs[-1]} == {N_CHANGED}
        floor, unchanged, changed = least(floors), least(unchanged_s), least(changed_s)
        print(
            json.dumps(
                {
                    "import_s": round(floor.clock_s, 2),
                    "changed": round(changed.clock_s / floor.clock_s, 2),
                    "changed_processor": round(changed.processor_s / floor.processor_s, 2),
                    "unchanged": round(unchanged.clock_s / floor.clock_s, 2),
                    "load": round(os.getloadavg()[0], 1),
                }
            )
        )


if __name__ == "__main__":
    main()
