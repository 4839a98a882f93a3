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
STARTING_S: Final = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: its address, process and log."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def address(self, path: str) -> str:
        """Return the absolute address of a path."""
        return f"{self.url}{path if path.startswith('/') else '/' + path}"

    def memory_mb(self) -> float:
        """Return the resident memory of the process, in MB (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the process has no VmRSS")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(
    log: Path,
    *,
    script: Path = ROOT / "dashboard.py",
    health: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve `script` until the block ends; what the server says is written to `log`."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                str(script),
                "--server.port",
                str(port),
                "--server.address",
                "127.0.0.1",
            ],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield started(Server(f"http://127.0.0.1:{port}", process, log), health)
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


def started(server: Server, health: str) -> Server:
    """Return the server once it answers at `health`; raises RuntimeError with its log if it does not."""
    latest = time.monotonic() + STARTING_S
    while time.monotonic() < latest:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.address(health), timeout=5):
                return server
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text('utf-8', errors='replace')[-4000:]}")
