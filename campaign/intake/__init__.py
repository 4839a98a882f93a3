"""Reading what others publish: from files of several formats to staged records, all of one shape.

`stage` fills the tables of campaign/build/staging.sql. Every record read lands in exactly one of `staged_records` and
`staged_rejects`; what was noticed about a record that was taken stands in `staged_warnings`.
"""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign.errors import IntakeError
from campaign.intake import formats, openagenda
from campaign.intake.mapping import load as load_mapping
from campaign.intake.request import Mapping, Reading, Request

HERE: Final = Path(__file__).parent
STAGING: Final = HERE.parent / "build" / "staging.sql"

__all__ = ["Mapping", "Staged", "StagedFile", "stage"]


@dataclass(frozen=True)
class StagedFile:
    """What was read of one file: format and why, records and rejects, what each column was taken for."""

    name: str
    format: str
    reading: Reading
    n_records: int
    n_rejects: int


@dataclass(frozen=True)
class Staged:
    """What `stage` read: read = records + rejects. `source` holds the mapping's settings (`chamber_region`…)."""

    n_records: int
    n_rejects: int
    warnings: dict[str, int]
    files: list[StagedFile] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)

    @property
    def n_read(self) -> int:
        """Records read, taken or not."""
        return self.n_records + self.n_rejects

    @property
    def format(self) -> str:
        """The format of the files, or "mixed"."""
        names = {file.format for file in self.files}
        return names.pop() if len(names) == 1 else "mixed"


def stage(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path | str],
    *,
    format: str = "auto",
    mapping: Path | Mapping | None = None,
) -> Staged:
    """Fill the staging tables from files; record_id continues from 1 over all of them.

    `format` is "auto" or a name of `formats.READERS`; `mapping` a TOML file or what was read of it. An agenda's own
    description (JSON with `schema`) among the files, or beside one under the same name, explains the ids of its fields.
    Raises IntakeError, with a remedy, when a file cannot be read at all; nothing is then to be taken from the tables.
    """
    if format != "auto" and format not in formats.READERS:
        raise IntakeError(f"Le format « {format} » est inconnu.", f"Formats : auto, {', '.join(formats.READERS)}.")
    wanted = mapping if isinstance(mapping, Mapping) else load_mapping(mapping) if mapping else Mapping()
    sources, agendas = _sort(paths, format)
    if not _has_staging(connection):
        connection.execute(STAGING.read_text("utf-8"))
    for macros in ("text.sql", "timings.sql"):
        connection.execute((HERE / macros).read_text("utf-8"))
    files = []
    order = connection.execute("select current_setting('preserve_insertion_order')").fetchone()
    connection.execute("set preserve_insertion_order = true")  # lines are numbered as they come
    try:
        for path, name, why in sources:
            with tempfile.TemporaryDirectory(prefix="campaign-intake-") as scratch:
                agenda = _agenda_of(path, agendas) if name == "openagenda" else None
                request = Request(path=path, scratch=Path(scratch), mapping=wanted, agenda=agenda)
                files.append(_take(connection, request, name, why))
    finally:
        connection.execute(f"set preserve_insertion_order = {str(bool(order and order[0])).lower()}")
    kinds = connection.execute("select kind, count(*) from staged_warnings group by kind order by kind").fetchall()
    return Staged(
        n_records=sum(file.n_records for file in files),
        n_rejects=sum(file.n_rejects for file in files),
        warnings=dict(Counter(dict(kinds))),
        files=files,
        source=wanted.source,
    )


def _sort(paths: Sequence[Path | str], wanted: str) -> tuple[list[tuple[Path, str, str]], dict[Path, dict[str, Any]]]:
    """Return the sources with their format and why, and the agendas' descriptions."""
    sources: list[tuple[Path, str, str]] = []
    agendas: dict[Path, dict[str, Any]] = {}
    for path in map(Path, paths):
        name, why = formats.detect(path)
        if name == formats.AGENDA:
            agendas[path] = json.loads(path.read_text("utf-8-sig"))
        elif wanted == "auto":
            sources.append((path, name, why))
        else:
            if (wanted == "csv") != (name == "csv"):
                raise IntakeError(f"{path.name} n'est pas du format {wanted} : {why}.", "Laissez --format auto.")
            sources.append((path, wanted, why))
    if not sources:
        raise IntakeError("Ces fichiers décrivent un agenda, sans aucun événement.", "Donnez aussi ses événements.")
    return sources, agendas


def _agenda_of(path: Path, agendas: dict[Path, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the description of a file's agenda: given along, or found beside it (`albi_agenda.json`)."""
    stem = re.sub(r"([._-]?events?)?(\.response)?$", "", path.stem)
    beside = [path.with_name(f"{stem}{mark}agenda.json") for mark in ("_", ".", "-", "")]
    for candidate in beside:
        if candidate in agendas:
            return agendas[candidate]
    if len(agendas) == 1:
        return next(iter(agendas.values()))
    for candidate in beside:
        if candidate != path and candidate.is_file() and formats.detect(candidate)[0] == formats.AGENDA:
            found = json.loads(candidate.read_text("utf-8-sig"))
            return found if openagenda.is_agenda(found) else None
    return None


def _take(connection: duckdb.DuckDBPyConnection, request: Request, name: str, why: str) -> StagedFile:
    """Read one file into the staging tables."""
    connection.execute((HERE / "incoming.sql").read_text("utf-8"))
    reading = formats.READERS[name](connection, request)
    connection.execute((HERE / "shape.sql").read_text("utf-8"))
    connection.execute("drop table intake_raw")  # a large file is not to be held three times
    before = _counts(connection)
    connection.execute("set variable intake_file = ?", [request.path.name])
    connection.execute("set variable intake_offset = ?", [before[0]])
    connection.execute((HERE / "take.sql").read_text("utf-8"))
    for kind, detail in reading.warnings:
        connection.execute("insert into staged_warnings values (null, ?, ?)", [kind, detail])
    after = _counts(connection)
    for table in ("intake_shaped", "intake_taken", "intake_rejects"):
        connection.execute(f"drop table {table}")
    return StagedFile(
        name=request.path.name,
        format=name,
        reading=reading,
        n_records=after[0] - before[0],
        n_rejects=after[1] - before[1],
    )


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    row = connection.execute(
        "select (select count(*) from staged_records), (select count(*) from staged_rejects)"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _has_staging(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute("select 1 from duckdb_tables() where table_name = 'staged_records'").fetchone()
    return found is not None
