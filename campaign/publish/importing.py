"""One import from beginning to end: gather, stage, build, publish, report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import duckdb

from campaign import intake
from campaign.intake import account as reports
from campaign.intake import looking, rejected, scratch
from campaign.intake.mapping import load as load_mapping
from campaign.publish import migrate, pipeline, reference
from campaign.publish.pipeline import Account, ImportOptions

LARGEST_BATCH = 256 << 20  # bytes of files staged at once: files of a large folder are taken one after the other


class Progress(Protocol):
    """What hears how far an import is."""

    def begin(self, n_bytes: int) -> None:
        """Tell how much there is to read."""

    def advance(self, n_bytes: int) -> None:
        """Tell that so much more was read."""

    def step(self, name: str) -> None:
        """Tell what is being done."""


class Silent:
    """Tells nothing."""

    def begin(self, n_bytes: int) -> None:
        """Say nothing."""

    def advance(self, n_bytes: int) -> None:
        """Say nothing."""

    def step(self, name: str) -> None:
        """Say nothing."""


def run_import(
    db: Path,
    files: Sequence[Path | str],
    *,
    format: str = "auto",
    edition: int | None = None,
    source: str | None = None,
    mapping: Path | intake.Mapping | None = None,
    of_tables: Mapping[str, intake.Mapping] | None = None,
    licence: str | None = None,
    dry_run: bool = False,
    is_full: bool = False,
    ran_by: str | None = None,
    report: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Account, intake.Staged]:
    """Stage files, folders, archives and addresses, and build; return the account and what was understood of each file.

    Without a source's name each file has its own: the platform's for agendas, else one made of its name. `report` is a CSV
    to write; `of_tables` holds, by a table's name, what goes before `mapping` for it; `is_full` says that the files are all
    that their source has; `ran_by` says who or what imports. Raises IntakeError when there is nothing to read, StoreError or
    BusyError when the file cannot be written.
    """
    reporter = progress or Silent()
    if not dry_run:
        migrate.migrate(db)
    wanted = load_mapping(mapping) if isinstance(mapping, Path) else mapping or intake.Mapping()
    with ExitStack() as stack:
        folder = stack.enter_context(scratch.folder())
        reporter.step("Ouverture")
        found = read_files(
            files,
            folder,
            format=format,
            edition=edition,
            source=source,
            mapping=wanted,
            of_tables=of_tables,
            licence=licence,
            progress=reporter,
        )
        written = stack.enter_context(reports.writing(report)) if report else None
        account = pipeline.run(
            db,
            found.stages,
            replace(found.options, is_full=is_full, ran_by=ran_by),
            dry_run=dry_run,
            observe=written.take if written else lambda connection: None,
        )
    return account, found.staged


@dataclass
class Files:
    """Files that were gathered and wait to be staged: what stages them, and what their import says of itself."""

    stages: Iterable[pipeline.Stage]
    options: ImportOptions
    left: list[str]
    parts: list[intake.Staged] = field(default_factory=list)

    @property
    def staged(self) -> intake.Staged:
        """What was understood of each file, once they are staged."""
        return intake.joined(self.parts, self.left)


def read_files(
    files: Sequence[Path | str],
    folder: Path,
    *,
    format: str = "auto",
    edition: int | None = None,
    source: str | None = None,
    mapping: intake.Mapping | None = None,
    of_tables: Mapping[str, intake.Mapping] | None = None,
    licence: str | None = None,
    progress: Progress | None = None,
) -> Files:
    """Gather files, whose working files go to `folder`; raises IntakeError when there is nothing to read."""
    reporter = progress or Silent()
    wanted = mapping or intake.Mapping()
    given = of_tables or {}
    found = intake.gather(files, folder, format=format, mapping=wanted)
    reporter.begin(found.n_bytes)
    batches = list(_batches([replace(each, mapping=given.get(each.name)) for each in found.sources]))
    parts: list[intake.Staged] = []

    def stage_of(batch: list[intake.Source]) -> pipeline.Stage:
        def stage(connection: duckdb.DuckDBPyConnection) -> None:
            reporter.step("Lecture")
            parts.append(
                intake.stage_sources(
                    connection, batch, folder, mapping=wanted, edition=edition, advance=reporter.advance
                )
            )
            reporter.step("Placement et contrôles")

        return stage

    named = source or wanted.source.get("name")
    region_2014, region_2016 = chamber_regions(wanted.source.get("chamber_region"))
    options = ImportOptions(
        source=named or " + ".join(found.origins),
        format=found.format,
        files=tuple(each.name for each in found.sources),
        edition=edition,
        licence=licence or wanted.source.get("licence"),
        chamber_region_2014=region_2014,
        chamber_region_2016=region_2016,
        is_mixed=named is None and len(found.origins) > 1,
    )
    return Files([stage_of(batch) for batch in batches], options, found.left, parts)


def look(files: Sequence[Path | str], mapping: intake.Mapping | None = None) -> list[looking.Table]:
    """Return the tables among files, with their columns as they would be read; raises IntakeError as `run_import` does."""
    wanted = mapping or intake.Mapping()
    with scratch.folder() as folder:
        return looking.look(intake.gather(files, folder, mapping=wanted).sources, wanted)


def rejected_of(
    files: Sequence[Path | str],
    mapping: intake.Mapping,
    of_tables: Mapping[str, intake.Mapping],
    lines: Mapping[str, Sequence[int]],
) -> list[rejected.Table]:
    """Return the tables among files with the rows of these lines, by the table's name, as a person corrects them."""
    with scratch.folder() as folder:
        return rejected.tables(intake.gather(files, folder, mapping=mapping).sources, mapping, of_tables, lines)


def _batches(sources: Sequence[intake.Source]) -> Iterator[list[intake.Source]]:
    """Yield the sources in groups that fit in memory; a large file is a group of its own."""
    batch: list[intake.Source] = []
    n_bytes = 0
    for source in sources:
        size = source.path.stat().st_size
        if batch and n_bytes + size > LARGEST_BATCH:
            yield batch
            batch, n_bytes = [], 0
        batch.append(source)
        n_bytes += size
    if batch:
        yield batch


def chamber_regions(code: str | None) -> tuple[str | None, str | None]:
    """Return a chamber's regions of 2014 and 2016 from a code of either; online events of its agenda are there."""
    return reference.region_pair(code) if code else (None, None)
