"""`python -m tests.bench.press`: press kits against one warm picture by kaleido (a browser kept open), in the same run."""

import argparse
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from campaign.analysis import pace_chart
from campaign.core.settings import settings
from campaign.drawings import export
from campaign.filters import codes, parse
from campaign.press import kit as kits
from campaign.store import event_file
from tests.bench.files import event_files
from tests.bench.report import Aim
from tests.browser import chromium
from tests.browser.server import ROOT

SIZE = 12_000
MOST_NATIONAL = 15.0  # warm pictures by kaleido
BASE = "http://localhost:8501"


def timed(action: Callable[[], object]) -> float:
    """Return how long an action takes, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def chart() -> dict[str, Any]:
    """Return the curves of the pace as a figure that Plotly draws."""
    lines = pace_chart.read(parse([("edition", "2014")])).lines
    traces = [{"type": "scatter", "mode": "lines", "x": list(each.days), "y": list(each.known)} for each in lines]
    return {"data": traces, "layout": {"height": 430, "showlegend": False}}


def fresh() -> None:
    """Forget every kit, drawing and answer that was made before."""
    kits._kit.cache_clear()
    export._exported.cache_clear()
    event_file._answer.cache_clear()


def time_new_kit(region: str | None) -> float:
    """Return how long a kit takes that nobody has asked before."""
    fresh()
    return timed(lambda: kits.kit(kits.choice(2014, 2014, region), BASE))


def measured(runs: int) -> dict[str, list[float]]:
    """Return milliseconds by kind: a warm picture by kaleido, a national kit, regional kits, one picture of ours."""
    import kaleido  # an optional group: nothing else needs it

    os.environ.setdefault("BROWSER_PATH", chromium.executable())
    samples: dict[str, list[float]] = {"kaleido": [], "national": [], "regional": [], "picture": []}
    kaleido.start_sync_server(silence_warnings=True)
    try:
        figure = chart()
        options = {"format": "png", "width": 1000, "height": 700, "scale": 2}
        kaleido.calc_fig_sync(figure, opts=options)  # the browser is open from here on
        time_new_kit(None)
        for _turn in range(runs):
            samples["kaleido"] += [timed(lambda: kaleido.calc_fig_sync(figure, opts=options)) for _again in range(3)]
            samples["national"].append(time_new_kit(None))
            samples["regional"].append(mean(time_new_kit(region) for region in sorted(codes().regions[2014])))
            fresh()
            samples["picture"].append(timed(lambda: export.exported("rythme", "png", parse([]), "a4")))
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
    return samples


def aims(samples: dict[str, list[float]]) -> list[Aim]:
    """Return the figures to reach."""
    kaleido, national, regional = (median(samples[kind]) for kind in ("kaleido", "national", "regional"))
    return [
        Aim("national kit, in warm pictures by kaleido", national / kaleido, MOST_NATIONAL),
        Aim("regional kit (mean of 27), against the national one", regional / national, 1.0),
    ]


def main() -> None:
    """Run the benchmark, print its figures and keep them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.press", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    settings().db = event_files([SIZE], {})[SIZE]
    samples = measured(given.runs)
    for kind, values in samples.items():
        print(f"{kind:10} {median(values):8.0f} ms (median of {len(values)}; {min(values):.0f}–{max(values):.0f})")
    for aim in aims(samples):
        print(f"{'reached' if aim.is_reached else 'MISSED ':8} {aim.value:5.2f} of {aim.most:4.1f}  {aim.what}")
    now = datetime.now(UTC)
    target = given.json or ROOT / f"bench-press-{now:%Y%m%d-%H%M%S}.json"
    content = {
        "at": now.isoformat(timespec="seconds"),
        "samples_ms": samples,
        "aims": [vars(aim) for aim in aims(samples)],
    }
    target.write_text(json.dumps(content, indent=1), "utf-8")
    print(f"Kept in {target}")


if __name__ == "__main__":
    main()
