"""What processes take, as Linux tells it (/proc); where the system does not, nothing is known."""

from collections.abc import Iterable
from pathlib import Path


def kilobytes(name: str, file: str = "status", number: int | None = None) -> int:
    """Return a figure of a process, of this one without `number`; 0 if it has ended meanwhile, or the system does not tell."""
    try:
        lines = Path(f"/proc/{'self' if number is None else number}/{file}").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def own_mb() -> float:
    """Return the memory that this process shares with no other, in MB."""
    return (kilobytes("Private_Dirty", "smaps_rollup") + kilobytes("Private_Clean", "smaps_rollup")) / 1024


def together_bytes(numbers: Iterable[int]) -> int:
    """Return the memory of several processes, what they have in common counted once."""
    return 1024 * sum(kilobytes("Pss", "smaps_rollup", number) for number in numbers)


def of_session(leader: int) -> list[int]:
    """Return the processes of a session, its leader included."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _session(path) == leader]


def _session(folder: Path) -> int | None:
    try:
        after_name = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return None
    return int(after_name[3])  # state, parent, group, session
