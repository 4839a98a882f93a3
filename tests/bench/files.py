"""The event files of the benchmark: given, or written once into a cache folder."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.browser.server import ROOT

CACHE = ROOT / "build" / "bench"


def event_files(sizes: Sequence[int], given: Mapping[int, Path]) -> dict[int, Path]:
    """Return a file of demonstration events for each size, writing those that are not there yet."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return {size: given.get(size) or _written(size) for size in sizes}


def _written(size: int) -> Path:
    path = CACHE / f"events-{size}.duckdb"
    if not path.exists():
        print(f"Writing {size:,} events to {path} …", flush=True)
        command = [sys.executable, "-m", "campaign.cli", "demo", "--events", str(size), "--db", str(path), "--force"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return path
