"""Three processes of the dashboard and the nginx of `deploy/nginx/campaign.conf` before them, on loopback."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.browser.server import ROOT, free_port

SITE: Final = ROOT / "deploy" / "nginx" / "campaign.conf"
STARTING_S: Final = 120.0
LOGGED_S: Final = 10.0
LEFT_ALONE: Final = "fail_timeout=5s"  # how long nginx asks nothing of a node that failed; the tests wait less
MOST_NODES: Final = 3
MAIN: Final = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format nodes '$campaign_node $upstream_addr | $status $upstream_cache_status $request_uri';
    access_log {folder}/access.log nodes;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Cluster:
    """The nodes' ports, nginx's address, the event file, and the folder with pids and logs."""

    folder: Path
    db: Path
    ports: tuple[int, ...]
    url: str
    desk: int  # where the process that publishes would listen; nothing does unless a test starts it

    def start(self, port: int) -> None:
        """Start a node; its pid is noted."""
        start(self.folder, port, self.db)

    def end(self, port: int, with_signal: signal.Signals) -> None:
        """End a node and wait until it is gone."""
        end(self.folder, port, with_signal)

    def log(self) -> list[str]:
        """Return the lines that nginx has written of requests that ended."""
        return (self.folder / "access.log").read_text("utf-8").splitlines()

    def has_logged(self, *words: str) -> bool:
        """Wait until a line of the log holds some words: nginx writes it a moment after the answer. Return whether one does."""
        latest = time.monotonic() + LOGGED_S
        while not any(all(word in line for word in words) for line in self.log()):
            if time.monotonic() > latest:
                return False
            time.sleep(0.05)
        return True

    def nodes_of(self, name: str) -> list[str]:
        """Return the nodes that answered the reader of that cookie, in order, each once in a row."""
        nodes: list[str] = []
        for line in self.log():
            reader, _separator, rest = line.partition(" ")
            for node in (part.strip(",") for part in rest.split(" | ")[0].split()):
                if reader == name and node != "-" and (not nodes or nodes[-1] != node):
                    nodes.append(node)
        return nodes


def start(folder: Path, port: int, db: Path) -> None:
    """Start a node in the background, as `campaign serve` does."""
    command = [
        sys.executable,
        "-m",
        "campaign.cli",
        "serve",
        "--port",
        str(port),
        "--address",
        "127.0.0.1",
        "--db",
        str(db),
    ]
    writing = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    redirections = [(os.POSIX_SPAWN_OPEN, 1, str(folder / f"{port}.log"), writing, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)]
    pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=redirections)
    (folder / f"{port}.pid").write_text(str(pid), "utf-8")


def end(folder: Path, port: int, with_signal: signal.Signals) -> None:
    """Send a signal to a node and wait until its process is gone."""
    pid = int((folder / f"{port}.pid").read_text("utf-8"))
    with suppress(ProcessLookupError):
        os.kill(pid, with_signal)
    latest = time.monotonic() + 30
    while _runs(pid):
        if time.monotonic() > latest:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return False


def wait(url: str, log: Path) -> None:
    """Wait until an address answers; raises RuntimeError with the log if it does not."""
    latest = time.monotonic() + STARTING_S
    while time.monotonic() < latest:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text('utf-8', errors='replace')[-3000:]}")


def site(ports: tuple[int, ...], listening: int, folder: Path, desk: int) -> str:
    """Return the site's configuration for loopback; each place that changes must be there."""
    text = SITE.read_text("utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{listening};",
        "/var/cache/nginx/campaign": f"{folder}/cache",
        "access_log off;": "",  # the tests read which node answered
        "127.0.0.1:8510 ": f"127.0.0.1:{desk} ",
        "127.0.0.1:8501 backup": f"127.0.0.1:{ports[0]} backup",
        "rate=20r/s;": "rate=1000r/s;",  # all readers of a test come from one place
        **{f"server 127.0.0.1:{8501 + number} ": f"server 127.0.0.1:{port} " for number, port in enumerate(ports)},
        **{
            f"    server 127.0.0.1:{8501 + number} max_fails=1 fail_timeout=5s;\n": ""
            for number in range(len(ports), MOST_NODES)
        },
    }
    for before, after in changes.items():
        if text.count(before) != 1:
            raise RuntimeError(f"{before!r} stands {text.count(before)} times in {SITE.name}")
        text = text.replace(before, after)
    return text.replace(LEFT_ALONE, "fail_timeout=1s")


@contextmanager
def cluster(nginx: str, folder: Path, db: Path, n_nodes: int = MOST_NODES) -> Iterator[Cluster]:
    """Run nodes and nginx until the block ends."""
    ports = tuple(free_port() for _number in range(n_nodes))
    listening, desk = free_port(), free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
    (folder / "site.conf").write_text(site(ports, listening, folder, desk), "utf-8")
    running = Cluster(folder, db, ports, f"http://127.0.0.1:{listening}", desk)
    process = None
    try:
        for port in ports:
            running.start(port)
        for port in ports:
            wait(f"http://127.0.0.1:{port}/healthz", folder / f"{port}.log")
        command = [nginx, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command)
        wait(f"{running.url}/healthz", folder / "error.log")
        yield running
    finally:
        if process is not None:
            process.terminate()
            process.wait(60)
        for port in ports:
            if (folder / f"{port}.pid").exists():
                running.end(port, signal.SIGKILL)


if __name__ == "__main__":  # what deploy/rolling-restart calls in the tests: FOLDER DB PORT
    given, file, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    end(given, number, signal.SIGTERM)
    start(given, number, file)
