"""A real server of the dashboard, as `streamlit run dashboard.py` starts it, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_given_ports: Final[set[int]] = set()
ROOT: Final = Path(__file__).resolve().parents[2]
STARTING_S: Final = 120.0


@dataclass(frozen=True)
class Server:
    """A running server: its address, process (unless another test process started it) and log."""

    url: str
    process: subprocess.Popen[bytes] | None
    log: Path

    def address(self, path: str) -> str:
        """Return the absolute address of a path."""
        return f"{self.url}{path if path.startswith('/') else '/' + path}"

    @property
    def pid(self) -> int:
        """The number of the process; raises ValueError if another one started it."""
        if self.process is None:
            raise ValueError("the server is another test process's")
        return self.process.pid

    def memory_mb(self) -> float:
        """Return the resident memory of the process, in MB (Linux)."""
        return _kilobytes(f"/proc/{self.pid}/status", "VmRSS:") / 1024

    def memory_beside_mb(self) -> float:
        """Return the memory of the processes that it started, in MB, what they have in common counted once (Linux)."""
        numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
        beside = [number for number in numbers if self.pid in ancestors(number)]
        return sum(_kilobytes(f"/proc/{number}/smaps_rollup", "Pss:") for number in beside) / 1024


def ancestors(number: int) -> list[int]:
    """Return the processes from which one comes, the nearest first."""
    numbers: list[int] = []
    while number > 1:
        number = _kilobytes(f"/proc/{number}/status", "PPid:")
        numbers.append(number)
    return numbers


def _kilobytes(path: str, name: str) -> int:
    """Return a number of a process; 0 if it has ended meanwhile."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def free_port() -> int:
    """Return a port that nobody listens on, and that this process was not given before: whoever has one may not listen yet."""
    while True:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = int(listener.getsockname()[1])
        if port not in _given_ports:
            _given_ports.add(port)
            return port


def launched(
    log: Path, *, script: Path = ROOT / "dashboard.py", environment: Mapping[str, str] | None = None
) -> tuple[Server, subprocess.Popen[bytes]]:
    """Start a server and return at once, with its process; what it says is written to `log`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=out, stderr=subprocess.STDOUT
        )
    return Server(f"http://127.0.0.1:{port}", process, log), process


@contextmanager
def serving(
    log: Path,
    *,
    script: Path = ROOT / "dashboard.py",
    health: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve `script` until the block ends; what the server says is written to `log`."""
    server, process = launched(log, script=script, environment=environment)
    try:
        yield started(server, health)
    finally:
        ended(process)


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a server's process, by force if it must be."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def started(server: Server, health: str = "/healthz") -> Server:
    """Return the server once it answers at `health`; raises RuntimeError with its log if it does not."""
    latest = time.monotonic() + STARTING_S
    while time.monotonic() < latest:
        if server.process is not None and server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.address(health), timeout=5):
                return server
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text('utf-8', errors='replace')[-4000:]}")
