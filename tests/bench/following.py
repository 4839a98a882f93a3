"""Twenty followed sources of 500 events, 1 % of them changed, beside one import of the same events: `python -m tests.bench.following`."""

import json
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from campaign.core.settings import settings
from campaign.publish.importing import run_import
from tests.following import START, Following
from tests.sources import Agenda, agenda_event, serving

N_SOURCES, N_EVENTS, N_CHANGED = 20, 500, 5


TRIES = 3  # the quickest of them counts: what else a machine does makes each slower, never quicker


def seconds(action: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def main() -> None:
    """Print the ratios as JSON."""
    with tempfile.TemporaryDirectory() as folder, serving() as sources:
        settings().sources = Path(folder) / "sources.toml"
        settings().db = Path(folder) / "campaign.duckdb"  # beside which it is noted who followed what
        following = Following(sources, Path(folder) / "campaign.duckdb")
        for number in range(N_SOURCES):
            agenda = sources.agendas[str(number)] = Agenda(uid=number + 1)
            agenda.put(
                *(agenda_event(number * 1000 + n, START - timedelta(days=30, minutes=-n)) for n in range(N_EVENTS))
            )
            following.follow(f"Agenda {number}", sources.agenda(str(number)), full_every="7d")
        following.sync()
        whole = Path(folder) / "whole.json"
        events = [event for agenda in sources.agendas.values() for event in agenda.events.values()]
        whole.write_text(json.dumps({"events": events}), "utf-8")
        following.sync()
        floors, unchanged_s, changed_s = [], [], []
        for attempt in range(TRIES):  # one after the other, so that each has its share of busy moments
            other = Path(folder) / f"other-{attempt}.duckdb"
            floors.append(seconds(partial(run_import, other, [whole])))
            unchanged_s.append(seconds(following.sync))
            for number in range(N_SOURCES):
                at = START + timedelta(days=1 + attempt)
                titles = ({"fr": f"Changé {attempt} {n}"} for n in range(N_CHANGED))
                sources.agendas[str(number)].put(
                    *(agenda_event(number * 1000 + n, at, title=title) for n, title in enumerate(titles))
                )
            changed_s.append(seconds(following.sync))
            assert {result.updated for result in following.runs[-1]} == {N_CHANGED}
        floor, unchanged, changed = min(floors), min(unchanged_s), min(changed_s)
        print(
            json.dumps(
                {
                    "import_s": round(floor, 2),
                    "changed": round(changed / floor, 2),
                    "unchanged": round(unchanged / floor, 2),
                }
            )
        )


if __name__ == "__main__":
    main()
