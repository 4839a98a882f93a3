"""`campaign profile new`, `check`, `demo` and `serve`, one after the other as somebody types them, on a folder left unchanged."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from campaign.core.settings import ROOT

STARTS_WITHIN_S = 60


@pytest.mark.thorough
def test_a_new_folder_serves_as_it_is(tmp_path: Path) -> None:
    folder, db = tmp_path / "ma-campagne", tmp_path / "campaign.duckdb"
    environment = {**os.environ, "CAMPAIGN_PROFILE": str(folder), "CAMPAIGN_DB": str(db)}
    campaign = [sys.executable, "-m", "campaign.cli"]
    for words in (["profile", "new", str(folder)], ["profile", "check"], ["demo", "--events", "200"]):
        subprocess.run([*campaign, *words], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([*campaign, "serve", "--port", str(port)], cwd=ROOT, env=environment)
    try:
        with httpx.Client(base_url=f"http://localhost:{port}") as client:
            until = time.monotonic() + STARTS_WITHIN_S
            while True:
                try:
                    health = client.get("/healthz").raise_for_status().json()
                    break
                except httpx.HTTPError:
                    assert time.monotonic() < until, "the server does not start"
                    time.sleep(0.3)
            assert (health["profile"], health["is_demo"]) == ("ma-campagne", True)
            assert health["events"] == 200
            page = client.get("/").text
            assert "· Ma campagne" in page
    finally:
        server.terminate()
        server.wait(timeout=20)
