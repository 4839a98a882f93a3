"""A lake whose files are in an object store. `moto_server`, a mock of S3 on loopback, stands for one: see docs/scale.md."""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campaign import store
from campaign.filters import Filters
from campaign.publish import demonstration
from tests.browser.server import ended, free_port
from tests.lake.conftest import Postgres, in_lake


@pytest.fixture(scope="module")
def objects() -> Iterator[str]:
    """The address of an empty bucket's store."""
    program = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")
    if program is None or importlib.util.find_spec("duckdb_extension_httpfs") is None:
        pytest.skip("moto_server and DuckDB's httpfs are needed: docs/scale.md says how to have them")
    port = free_port()
    process = subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _turn in range(300):
            try:
                assert httpx.put(f"{address}/campagne", timeout=5).status_code == 200
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address
    finally:
        ended(process)


@pytest.mark.thorough
def test_imports_and_readers_of_a_lake_in_an_object_store(
    postgres: Postgres, objects: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"lake_s3_endpoint": objects, "lake_s3_region": "eu-west-3", "lake_s3_key_id": "essai"}
    with in_lake(postgres, tmp_path, monkeypatch, "s3://campagne/evenements/", **given) as db:
        demonstration.write(db, n_events=700)
        assert store.query("event_totals", chosen=Filters()).one["n_events"] == 700
        listed = httpx.get(f"{objects}/campagne?list-type=2&prefix=evenements/").text
        assert ".parquet" in listed
        assert not (tmp_path / "files").exists()
        demonstration.write(db, n_events=800)
        assert store.query("event_totals", chosen=Filters()).one["n_events"] == 800
