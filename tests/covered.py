"""`make coverage`: how much of each module of campaign/ ran, from coverage.py's JSON; fails if it is too little of one."""

import json
import sys
from pathlib import Path
from typing import Any, Final

LEAST: Final = 85.0


def shares(report: dict[str, Any]) -> dict[str, float]:
    """Return the share of statements that ran, in %, by module; a module without a statement has nothing to run."""
    return {
        path: float(file["summary"]["percent_covered"])
        for path, file in report["files"].items()
        if file["summary"]["num_statements"]
    }


def lines(percents: dict[str, float], least: float = LEAST) -> list[str]:
    """Return a line for each module, the least covered last; those below `least` are marked."""
    ordered = sorted(percents.items(), key=lambda each: -each[1])
    return [f"{share:6.1f} %  {path}{'  <--' if share < least else ''}" for path, share in ordered]


def main(path: Path) -> int:
    """Print the modules of a report; return how many are below LEAST."""
    report = json.loads(path.read_text("utf-8"))
    percents = shares(report)
    print("\n".join(lines(percents)))
    below = sum(share < LEAST for share in percents.values())
    print(
        f"{report['totals']['percent_covered']:6.1f} %  in all, {len(percents)} modules, {below} of them below {LEAST:.0f} %"
    )
    return below


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
