"""What a reader of imports may do to its process, each by the name of the job's first file (tests/units/test_intake_apart.py)."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final


def _memory() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 26))


def _spin() -> None:
    while True:
        pass


def _write() -> None:
    with Path("/dev/shm/campaign-ends" if Path("/dev/shm").is_dir() else "campaign-ends").open("wb") as target:  # noqa: S108
        Path(target.name).unlink()
        while True:
            target.write(b"0" * (1 << 20))
            target.flush()


def _fault() -> None:
    raise KeyError("un défaut du lecteur")


ENDS: Final[dict[str, Callable[[], object]]] = {
    "memoire": _memory,
    "abandon": os.abort,
    "calcul": _spin,
    "attente": lambda: time.sleep(600),
    "sortie": _write,
    "arret": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "faute": _fault,
    "segment": lambda: os.kill(os.getpid(), signal.SIGSEGV),
}


_ready: Final[list[bool]] = []


def prepare() -> None:
    """Be ready, or fail where the environment says so."""
    if "TESTS_UNPREPARED" in os.environ:
        raise KeyError("rien n'est prêt")
    _ready.append(True)


def run(job: dict[str, Any], say: Callable[[Any], None]) -> Any:
    """End as the name of the file says, after telling which file it is; else answer what was asked."""
    name = Path(job["files"][0])
    say({"file": name.name})
    if name.stem in ENDS:
        ENDS[name.stem]()
    return [] if name.stem != "pret" else _ready
