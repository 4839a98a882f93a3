"""The Dash page as a server of its own on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import ROOT, Server, ended, free_port, started


@contextmanager
def serving_dash(log: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve it until the block ends; what the server says is written to `log`."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.peers.dash_app", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield started(Server(f"http://127.0.0.1:{port}", process, log), "/")
        finally:
            ended(process)
