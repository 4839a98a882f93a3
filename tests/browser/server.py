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
        for line in Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the process has no VmRSS")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


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
