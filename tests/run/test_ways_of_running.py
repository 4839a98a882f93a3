"""Each way of running it is tried literally, from an empty folder: the checkout by Streamlit, the wheel by its command."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from campaign.core.settings import ROOT
from tests.browser.server import Server, ended, free_port, started
from tests.kept import demonstration
from tests.run import copies

# One address of each kind, and what stands in its answer: pages, data, queries, drawings, texts, fonts, map, documents.
ANSWERS = {
    "/": '<html lang="fr"',
    "/?lang=en": '<html lang="en"',
    "/api/v1/counts.json?by=region": "Bretagne",
    "/api/v1/events.csv?region=53": "event_id",
    "/figures/carte.svg": "<svg",
    "/figures/carte.png": "PNG",
    "/assets/campaign.css": "campaign",
    "/assets/departements.svg": "<svg",
    "/programme.pdf?region=53": "%PDF",
    "/embed/regions": "<svg",
}


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("CAMPAIGN_", "PYTHON", "COV"))}


@contextmanager
def running(command: list[str | Path], folder: Path, log: Path, **more: str) -> Iterator[Server]:
    """Run a command that serves, in a folder, until the block ends."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part).format(port=port) for part in command],
            cwd=folder, env=clean_environment() | more, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        ended(process)


def check(server: Server) -> None:
    """Ask a server that has started for one answer of each kind."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        assert client.get("/healthz").json()["is_demo"] is True
        for address, part in ANSWERS.items():
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.text[:300])
            assert part.encode() in answer.content, address
    assert "Traceback" not in server.log.read_text("utf-8")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copies.environment(tmp_path_factory.mktemp("environment") / "env")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copies.wheel(tmp_path_factory.mktemp("wheel"))


@pytest.mark.thorough
def test_streamlit_runs_a_fresh_checkout(python: Path, tmp_path: Path) -> None:
    checkout = copies.checkout(tmp_path / "checkout")
    command = [
        python,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        "{port}",
        "--server.address",
        "127.0.0.1",
    ]
    with running(command, checkout, tmp_path / "log") as server:
        check(started(server))
    assert (checkout / "data" / "campaign.duckdb").is_file()


@pytest.mark.in_turn
def test_a_file_that_was_named_and_is_missing_stays_an_error(python: Path, tmp_path: Path) -> None:
    command = [
        python, "-m", "streamlit", "run", ROOT / "dashboard.py", "--server.port", "{port}", "--server.address", "127.0.0.1",
    ]  # fmt: skip
    missing = tmp_path / "named.duckdb"
    with running(command, tmp_path, tmp_path / "log", CAMPAIGN_DB=str(missing)) as server:
        started(server, "/_stcore/health")
        answer = httpx.get(server.address("/healthz"))
        assert answer.status_code == 503
        assert not missing.exists()


@pytest.mark.in_turn
@pytest.mark.parametrize("is_empty", [False, pytest.param(True, marks=pytest.mark.thorough)], ids=["file", "empty"])
def test_the_wheel_serves_from_a_folder(python: Path, wheel: Path, tmp_path: Path, is_empty: bool) -> None:
    """From one that holds an event file under the name that is looked for, and from one that is empty."""
    unpacked, empty = tmp_path / "unpacked", tmp_path / "empty"
    zipfile.ZipFile(wheel).extractall(unpacked)
    empty.mkdir()
    if not is_empty:
        shutil.copy(demonstration(2000), empty / "campaign.duckdb")
    command = [python, "-m", "campaign.cli", "serve", "--port", "{port}", "--address", "127.0.0.1"]
    with running(command, empty, tmp_path / "log", PYTHONPATH="../unpacked") as server:
        check(started(server))
    assert (empty / "campaign.duckdb").is_file()
    imported = subprocess.run(
        [python, "-m", "campaign.cli", "import", unpacked / "campaign/app/data/examples/sample_events.csv", "--db", "own.duckdb"],
        cwd=empty, env=clean_environment() | {"PYTHONPATH": "../unpacked"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert imported.returncode == 0, imported.stderr
    assert sorted(path.name for path in empty.iterdir() if path.suffix == ".duckdb") == [
        "campaign.duckdb",
        "own.duckdb",
    ]


def test_files_of_ones_own_stand_in_the_working_folder(python: Path, wheel: Path, tmp_path: Path) -> None:
    unpacked, empty = tmp_path / "unpacked", tmp_path / "empty"
    zipfile.ZipFile(wheel).extractall(unpacked)
    empty.mkdir()
    code = (
        "from pathlib import Path; from campaign.core.settings import Settings\n"
        "for name, field in Settings.model_fields.items():\n"
        "    if isinstance(field.default, Path): print(name, field.default)"
    )
    result = subprocess.run(
        [python, "-c", code], cwd=empty, env=clean_environment() | {"PYTHONPATH": str(unpacked)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    places = dict(line.split(" ", 1) for line in result.stdout.splitlines())
    assert Path(places.pop("profile")).is_relative_to(unpacked)  # the campaign's own, which comes with the wheel
    assert {"db", "sources", "lake_copies"} <= set(places)
    assert {name: place for name, place in places.items() if not Path(place).is_relative_to(empty)} == {}


def tracked(*beginnings: str) -> set[str]:
    """Return the files of the checkout that are tracked, or will be, and whose paths begin so."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {path for path in listed.split("\0") if path.startswith(beginnings) and (ROOT / path).is_file()}


BESIDE = ("dashboard.py", ".streamlit/", "assets/", "data/", "pages/", "queries/")


def test_the_wheel_holds_all_that_is_tracked_and_nothing_of_ones_own(wheel: Path) -> None:
    wanted = tracked("campaign/") | {f"campaign/app/{path}" for path in tracked(*BESIDE)}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("campaign/")}
        entries = archive.read(next(n for n in archive.namelist() if n.endswith("entry_points.txt"))).decode()
    assert held == wanted
    assert "campaign = campaign.cli:app" in entries


@pytest.mark.in_turn
def test_the_archive_of_the_sources_holds_all_that_the_wheel_is_made_of(tmp_path: Path) -> None:
    inside = copies.sources(tmp_path)
    wanted = tracked("campaign/", *BESIDE, "pyproject.toml", "setup.py", "README.md", "LICENSE")
    assert [path for path in sorted(wanted) if not (inside / path).is_file()] == []
    assert [path for path in sorted(wanted) if (inside / path).read_bytes() != (ROOT / path).read_bytes()] == []


@pytest.mark.thorough
def test_the_archive_of_the_sources_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(copies.wheel_of_sources(tmp_path)) as other:
        listed = [{each.filename: each.CRC for each in archive.infolist()} for archive in (one, other)]
    for names in listed:
        for name in [name for name in names if ".dist-info/" in name]:
            del names[name]
    assert listed[0] == listed[1]


@pytest.mark.thorough  # libraries come from the index of packages, half a minute
def test_uvx_runs_the_wheel_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    uvx = [Path(sys.executable).with_name("uv"), "tool", "run", "--from", wheel, "--python", sys.executable, "campaign"]
    places = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_CACHE_DIR": str(tmp_path / "cache")}
    with running(
        [*uvx, "serve", "--port", "{port}", "--address", "127.0.0.1"], empty, tmp_path / "log", **places
    ) as server:
        check(started(server))
    assert (empty / "campaign.duckdb").is_file()
