"""What runs in the process that reads an import: files to staged records in Parquet, or the columns of tables, as JSON.

It imports no more than reading needs, and knows of the event file nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign.core import no_pandas
from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.intake import Gathered, Mapping, Staged, countries, gather, stage_sources
from campaign.intake.connecting import connect, prepare
from campaign.intake.fields import column_names, named_places
from campaign.intake.files.unpack import Budget
from campaign.intake.gather import grouped
from campaign.intake.readers import openagenda
from campaign.intake.spreadsheets import spreadsheet

LARGEST_BATCH: Final = 256 << 20  # bytes of files staged at once: files of a large folder are taken one after the other
LARGEST_BARE: Final = 512 << 20  # bytes of files whose records are written as they are, not compressed
TABLES: Final = ("staged_records", "staged_rejects", "staged_warnings")

WARM: Final = (spreadsheet, openagenda)  # imported before there is a job: most files are of these

Say = Callable[[Any], None]

__all__ = ["prepare", "run"]


no_pandas.refuse()

for _names in (countries.codes, named_places.territories, named_places.large_towns, column_names.known):
    _names()  # before there is a job, too: each is done in a process of its own, which would make them again


def run(job: dict[str, Any], say: Say) -> Any:
    """Do what campaign/intake/apart.py asks for; raises IntakeError as `gather` does, MemoryError also for DuckDB."""
    settings().profile = Path(job["profile"])
    mapping = _mapping(job["mapping"])
    if job["do"] == "read_each":
        return _read_each(job, say)

    def begin(name: str) -> None:
        say({"file": name})

    try:
        gathered = gather(
            job["files"],
            Path(job["folder"]),
            format=job["format"],
            mapping=mapping,
            budget=Budget.of(job["unpacked_mb"]),
            begin=begin,
            names=job["names"],
        )
        if job["do"] == "look":
            from campaign.intake import looking

            return [asdict(table) for table in looking.look(gathered.sources, mapping, begin)]
        if job["do"] == "rejected":
            from campaign.intake import rejected

            of_tables = {name: _mapping(given) for name, given in job["of_tables"].items()}
            return [asdict(table) for table in rejected.tables(gathered.sources, mapping, of_tables, job["lines"])]
        return _read(job, gathered, mapping, say, begin)
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error


def _mapping(given: dict[str, Any]) -> Mapping:
    """Return a mapping as it was before it became JSON, whose keys are texts."""
    rows = {int(line): tuple(cells) for line, cells in given["rows"].items()} if given.get("rows") else {}
    return Mapping(**{**given, "rows": rows})


def _read(
    job: dict[str, Any], gathered: Gathered, mapping: Mapping, say: Say, begin: Callable[[str], None]
) -> dict[str, Any]:
    """Stage the sources in batches, each in a folder of Parquet files."""
    folder = Path(job["folder"])
    say({"size": gathered.n_bytes})
    of_tables = {name: _mapping(given) for name, given in job["of_tables"].items()}
    sources = [replace(each, mapping=of_tables.get(each.name)) for each in gathered.sources]
    stages = []
    for number, batch in enumerate(grouped(sources, LARGEST_BATCH)):
        target = folder / f"staged-{number}"
        target.mkdir()
        n_bytes = sum(source.path.stat().st_size for source in batch)
        with connect(folder, int(job["memory_mb"]), n_bytes) as connection:
            staged = stage_sources(
                connection,
                batch,
                folder,
                mapping=mapping,
                edition=job["edition"],
                advance=lambda n_bytes: say({"read": n_bytes}),
                begin=begin,
                is_read_once=True,
            )
            _write(connection, target, n_bytes)
        stages.append({"folder": str(target), "staged": asdict(staged)})
    return _answer(gathered, stages)


def _read_each(job: dict[str, Any], say: Say) -> list[dict[str, Any] | None]:
    """Stage the files of several imports together, each row with the number of its import; None for one that cannot be read so."""
    folder = Path(job["folder"])
    gathered: dict[int, Gathered] = {}
    for part, each in enumerate(job["each"]):
        with suppress(IntakeError):
            own = folder / f"gathered-{part}"
            own.mkdir()
            gathered[part] = gather(each["files"], own, format=each["format"], mapping=_mapping(each["mapping"]))
    sources = [
        replace(source, part=part, mapping=_mapping(job["each"][part]["mapping"]))
        for part, import_files in gathered.items()
        for source in import_files.sources
    ]
    unread: set[int] = set()
    target = folder / "staged"
    target.mkdir()
    n_bytes = sum(import_files.n_bytes for import_files in gathered.values())
    with connect(folder, int(job["memory_mb"]), n_bytes) as connection:
        staged = stage_sources(
            connection,
            sources,
            folder,
            mapping=Mapping(),
            begin=lambda name: say({"file": name}),
            leave_out=lambda source: unread.add(source.part),
        )
        kinds = connection.execute("select part, kind, count(*) from staged_warnings group by all order by kind")
        warnings: dict[int, dict[str, int]] = {}
        for part, kind, n_found in kinds.fetchall():
            warnings.setdefault(part, {})[kind] = n_found
        _write(connection, target, n_bytes)
    answers: list[dict[str, Any] | None] = []
    for part, each in enumerate(job["each"]):
        if part in unread or part not in gathered:
            answers.append(None)
            continue
        files = [file for file in staged.files if file.part == part]
        own_staged = Staged(
            n_records=sum(file.n_records for file in files),
            n_rejects=sum(file.n_rejects for file in files),
            warnings=warnings.get(part, {}),
            files=files,
            source=each["mapping"]["source"],
        )
        stage = {"folder": str(target), "staged": asdict(own_staged), "part": part}
        answers.append(_answer(gathered[part], [stage]))
    return answers


def _write(connection: duckdb.DuckDBPyConnection, target: Path, n_bytes: int) -> None:
    """Write what was staged of so many bytes of files; it is read once, and soon, so that only what is large is made smaller."""
    compression = "lz4_raw" if n_bytes > LARGEST_BARE else "uncompressed"
    for table in TABLES:
        # to look for values that come again takes longer than to write them again
        options = f"compression {compression}, parquet_version v2, dictionary_size_limit 1"
        connection.execute(f"copy {table} to '{_quoted(target / table)}.parquet' ({options})")


def _answer(gathered: Gathered, stages: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "origins": gathered.origins,
        "format": gathered.format,
        "names": [source.name for source in gathered.sources],
        "left": gathered.left,
        "stages": stages,
    }


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
