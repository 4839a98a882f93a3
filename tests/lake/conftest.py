"""A PostgreSQL on a socket of its own, and an empty lake in it."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.core.settings import settings
from campaign.publish import demonstration
from campaign.store import lake
from tests.conftest import N_DEMO_EVENTS
from tests.deploy import install


@dataclass(frozen=True)
class Postgres:
    """A running server: its programs, its folder (data and socket), what runs it as another user than root."""

    programs: Path
    folder: Path
    as_user: tuple[str, ...]

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs; raises CalledProcessError."""
        command = [*self.as_user, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it, on a socket only."""
        options = f"-c listen_addresses='' -c fsync=off -k {self.folder}"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it."""
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of Debian, started for these tests."""
    if importlib.util.find_spec("duckdb_extension_ducklake") is None:
        pytest.skip("DuckDB's extensions are needed: pip install --require-hashes -r requirements-lake.lock")
    programs = install.postgres()
    if programs is None:
        pytest.skip(install.POSTGRES_HELP)
    is_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="campaign-pg-"))  # short: the name of a socket is at most 107 bytes
    if is_root:
        shutil.chown(folder, "postgres")
    server = Postgres(programs, folder, ("runuser", "-u", "postgres", "--") if is_root else ())
    try:
        server.run("initdb", "-D", f"{folder}/data", "--auth=trust", "--no-sync", "-E", "UTF8", "-U", "postgres")
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def in_lake(
    postgres: Postgres, folder: Path, patch: pytest.MonkeyPatch, files: str = "", **options: object
) -> Iterator[Path]:
    """Give the name of an event file in an empty lake, which is this process's and its children's."""
    name = f"lake{abs(hash(folder)):x}"
    postgres.run("createdb", "-h", str(postgres.folder), "-U", "postgres", name)
    db = Path(f"ducklake:postgres:dbname={name} host={postgres.folder} user=postgres")
    given = {"db": db, "lake_files": files or f"{folder}/files/", "lake_copies": folder / "copies", **options}
    for field, value in given.items():
        patch.setattr(settings(), field, value)
        patch.setenv(f"CAMPAIGN_{field.upper()}", str(value))
    patch.setattr(lake, "LOOKED_EVERY_S", 3600.0)  # what this process publishes it sees at once
    yield db
    lake.forget()


@pytest.fixture
def lake_db(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty lake, its files in a folder."""
    with in_lake(postgres, tmp_path, monkeypatch) as db:
        yield db


@pytest.fixture(scope="session")
def lake_demo(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration, written into a lake: the copy of its latest snapshot that readers open."""
    folder = tmp_path_factory.mktemp("demonstration")
    with pytest.MonkeyPatch.context() as patch, in_lake(postgres, folder, patch) as db:
        demonstration.write(db, n_events=N_DEMO_EVENTS)
        return lake.published(db)
