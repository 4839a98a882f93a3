"""Reading an import in a process of its own: what strangers' files do to their readers, they do to that process alone.

The caller gets what was understood of each file, and the staged records as Parquet files; a process that ends before it is done
is an IntakeError that names the file and what to do. Nothing is lost: the event file is written by the caller, later.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
from pydantic import TypeAdapter

from campaign.core import apart
from campaign.core.errors import IntakeError
from campaign.core.language import Message, say
from campaign.core.settings import settings
from campaign.intake import Mapping as FieldMapping
from campaign.intake import Staged, rejected
from campaign.intake.looking import Table
from campaign.wording.numbers import number

MODULE: Final = "campaign.intake.worker"
TABLES: Final = ("staged_records", "staged_rejects", "staged_warnings")
LARGE: Final = 64 << 20  # bytes of staged records, some two hundred thousand


@dataclass(frozen=True)
class Stage:
    """Files that were read together: what was understood of each, and the folder of their staged records.

    `part` is the number that the records of one import have there, where those of several stand together.
    """

    folder: Path
    staged: Staged
    part: int | None = None

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Fill the staging tables (campaign/intake/staging.sql), in the order of the records; the folder's files are removed."""
        with _in_order(connection):
            for table in TABLES:
                path = self.folder / f"{table}.parquet"
                if self.part is None:
                    connection.execute(f"insert into {table} by name from read_parquet(?)", [str(path)])
                    path.unlink()
                else:
                    own = f"select * replace (0 as part) from read_parquet(?) where part = {self.part}"  # noqa: S608
                    connection.execute(f"insert into {table} by name {own}", [str(path)])

    def show(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Fill the staging tables without a copy of the records: `staged_records` is a view of the file that holds them.

        What a large import makes of its records then has the memory to itself. The caller drops the view.
        """
        records = self.folder / "staged_records.parquet"
        if self.part is not None or records.stat().st_size < LARGE:
            self.load(connection)
            return
        for table in TABLES[1:]:
            connection.execute(
                f"insert into {table} by name from read_parquet(?)", [str(self.folder / f"{table}.parquet")]
            )
        quoted = str(records).replace("'", "''")
        connection.execute("drop table staged_records")
        connection.execute(f"create temp view staged_records as from read_parquet('{quoted}')")


def load_together(connection: duckdb.DuckDBPyConnection, stages: Mapping[int, Stage], after: int) -> None:
    """Fill the staging tables with stages that stand in one folder: the records of each with the number of its part.

    The records are numbered higher than `after`.
    """
    given = [each.part for each in stages.values()]
    folder = next(iter(stages.values())).folder
    with _in_order(connection):
        for table in TABLES:
            connection.execute(
                f"""
                insert into {table} by name
                select * replace (
                    map_extract_value(map($given::integer[], $parts::integer[]), part) as part
                    {", record_id + $after as record_id" if table != "staged_rejects" else ""}
                )
                from read_parquet($path)
                where list_contains($given::integer[], part)
                """,  # noqa: S608 - names of ours
                {"given": given, "parts": list(stages), "path": str(folder / f"{table}.parquet")}
                | ({"after": after} if table != "staged_rejects" else {}),
            )


@contextmanager
def _in_order(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Write rows in the order in which they are read."""
    order = connection.execute("select current_setting('preserve_insertion_order')").fetchone()
    connection.execute("set preserve_insertion_order = true")
    try:
        yield
    finally:
        connection.execute(f"set preserve_insertion_order = {str(bool(order and order[0])).lower()}")


@dataclass(frozen=True)
class ReadFiles:
    """What was read: the names of its sources, the format of the files or "mixed", their names, the stages, what was left aside."""

    origins: list[str]
    format: str
    names: list[str]
    left: list[str | Message]
    stages: list[Stage]


def read(
    files: Sequence[Path | str],
    folder: Path,
    *,
    format: str = "auto",
    edition: int | None = None,
    mapping: FieldMapping,
    of_tables: Mapping[str, FieldMapping],
    unpacked_mb: int | None = None,
    names: Mapping[str, str] | None = None,
    begin: Callable[[int], None] = lambda n_bytes: None,
    advance: Callable[[int], None] = lambda n_bytes: None,
) -> ReadFiles:
    """Read files, folders and archives into `folder`; raises IntakeError if that cannot be done.

    `names` says, by its path, how a person knows a file otherwise than by its own name; `begin` is told how many bytes there are
    to read, `advance` how many more were read.
    """

    def hear(progress: dict[str, Any]) -> None:
        if "size" in progress:
            begin(int(progress["size"]))
        if "read" in progress:
            advance(int(progress["read"]))

    given: dict[str, Any] = {"edition": edition, "of_tables": {name: asdict(each) for name, each in of_tables.items()}}
    given["names"] = dict(names or {})
    answer = _run("read", files, folder, format, mapping, unpacked_mb, given, hear)
    return _read_files().validate_python(answer)


@cache
def _read_files() -> TypeAdapter[ReadFiles]:
    return TypeAdapter(ReadFiles)  # made once: that takes longer than reading a small file


def read_each(imports: Sequence[tuple[Sequence[Path], str, FieldMapping]], folder: Path) -> list[ReadFiles | None]:
    """Read the small files of several imports into `folder`, in one process: the files of each, their format, their mapping.

    What is not read, None, is to be read alone, which says what is wrong with it. Raises IntakeError where all of it failed.
    """
    each = [
        {"files": [str(path.absolute()) for path in files], "format": format, "mapping": asdict(mapping)}
        for files, format, mapping in imports
    ]
    paths = [path for files, _format, _mapping in imports for path in files]
    answer = _run("read_each", paths, folder, "auto", FieldMapping(), None, {"each": each}, lambda progress: None)
    return [None if read_files is None else _read_files().validate_python(read_files) for read_files in answer]


def look(
    files: Sequence[Path | str], folder: Path, mapping: FieldMapping, unpacked_mb: int | None = None
) -> list[Table]:
    """Return the tables among files, with their columns as they would be read; raises IntakeError as `read` does."""
    answer = _run("look", files, folder, "auto", mapping, unpacked_mb, {}, lambda progress: None)
    return TypeAdapter(list[Table]).validate_python(answer)


def rejected_rows(
    files: Sequence[Path | str],
    folder: Path,
    mapping: FieldMapping,
    of_tables: Mapping[str, FieldMapping],
    lines: Mapping[str, Sequence[int]],
    unpacked_mb: int | None = None,
) -> list[rejected.Table]:
    """Return the tables among files with the rows of these lines, by the table's name; raises IntakeError as `read` does."""
    given = {
        "of_tables": {name: asdict(each) for name, each in of_tables.items()},
        "lines": {name: list(each) for name, each in lines.items()},
    }
    answer = _run("rejected", files, folder, "auto", mapping, unpacked_mb, given, lambda progress: None)
    return TypeAdapter(list[rejected.Table]).validate_python(answer)


def _run(
    do: str,
    files: Sequence[Path | str],
    folder: Path,
    format: str,
    mapping: FieldMapping,
    unpacked_mb: int | None,
    more: Mapping[str, Any],
    hear: Callable[[dict[str, Any]], None],
) -> Any:
    bounds = apart.Bounds(settings().reading_mb, settings().reading_seconds, settings().reading_output_mb)
    file = Path(files[0]).name if files else ""

    def listen(progress: dict[str, Any]) -> None:
        nonlocal file
        file = str(progress.get("file", file))
        hear(progress)

    job = {
        "do": do,
        "files": [str(Path(each).absolute()) for each in files],
        "names": {},
        "folder": str(folder.resolve()),
        "format": format,
        "mapping": asdict(mapping),
        "unpacked_mb": unpacked_mb,
        "profile": str(settings().profile.resolve()),
        "memory_mb": bounds.memory_mb,
        **more,
    }
    try:
        with apart.host(MODULE) as host:
            return host.run(job, bounds, folder / "last-words.txt", listen)
    except apart.EndedError as error:
        raise _ended(error, file, bounds) from error


def _ended(error: apart.EndedError, file: str, bounds: apart.Bounds) -> IntakeError:
    """Return what a person is told of a reader that ended before it was done."""
    match error.cause:
        case "memory":
            message = say(
                "{file} est démesuré : le lire demande plus de {mb} Mo de mémoire.",
                file=file,
                mb=number(bounds.memory_mb),
            )
            remedy = say(
                "Supprimez les lignes et colonnes vides d'un classeur. Partagez-le en plusieurs fichiers ou enregistrez-le en CSV, ou "
                "augmentez CAMPAIGN_READING_MB. Le fichier publié est inchangé."
            )
        case "time":
            message = say(
                "{file} demande trop de temps de lecture (plus de {n} s).", file=file, n=number(bounds.seconds)
            )
            remedy = say(
                "Partagez-le en plusieurs fichiers ou enregistrez-le en CSV, ou augmentez CAMPAIGN_READING_SECONDS. Le fichier publié "
                "est inchangé."
            )
        case "output":
            message = say(
                "{file}, une fois lu, ne tient pas sur le disque ou dépasse {mb} Mo.",
                file=file,
                mb=number(bounds.output_mb),
            )
            remedy = say(
                "Faites de la place. Partagez-le en plusieurs fichiers ou enregistrez-le en CSV, ou augmentez "
                "CAMPAIGN_READING_OUTPUT_MB. Le fichier publié est inchangé."
            )
        case "killed":
            message = say("La lecture de {file} a été arrêtée de l'extérieur.", file=file)
            remedy = say(
                "Recommencez ; si elle s'arrête encore, la machine manque de mémoire. Le fichier publié est inchangé."
            )
        case _:
            message = say("{file} a arrêté le programme qui le lit.", file=file)
            remedy = say(
                "Enregistrez-le de nouveau, de préférence en CSV, et signalez ce cas avec le fichier. Le fichier publié est inchangé."
            )
    return IntakeError(message, remedy, detail=error.detail)
