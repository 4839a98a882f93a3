"""One import from beginning to end: gather, stage, build, publish, report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from campaign import intake
from campaign.core.errors import CampaignError
from campaign.core.settings import is_lake
from campaign.intake import account as reports
from campaign.intake import apart, looking, rejected
from campaign.intake.files import scratch
from campaign.intake.spreadsheets.mapping import load as load_mapping
from campaign.publish import migrate, pipeline, reference
from campaign.publish.account import Account, ImportOptions


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
    unpacked_mb: int | None = None,
    names: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Account, intake.Staged]:
    """Stage files, folders and archives, and build; return the account and what was understood of each file.

    Without a source's name each file has its own: the platform's for agendas, else one made of its name. `report` is a CSV
    to write; `of_tables` holds, by a table's name, what goes before `mapping` for it; `is_full` says that the files are all
    that their source has; `ran_by` says who or what imports; `names` how a person knows a file, by its path, if not by its
    name. Raises IntakeError when there is nothing to read, StoreError or
    BusyError when the file cannot be written.
    """
    reporter = progress or Silent()
    if not dry_run:
        migrate.migrate(db)
    wanted = load_mapping(mapping) if isinstance(mapping, Path) else mapping or intake.Mapping()
    with ExitStack() as stack:
        folder = stack.enter_context(scratch.folder())
        is_nowhere = dry_run and not is_lake(db) and not db.exists()  # a trial leaves no folder and no lock either
        empty = None if is_lake(db) or db.exists() else stack.enter_context(_empty_meanwhile(folder))
        reporter.step("Ouverture")
        contents = read_files(
            files,
            folder,
            format=format,
            edition=edition,
            source=source,
            mapping=wanted,
            of_tables=of_tables,
            licence=licence,
            unpacked_mb=unpacked_mb,
            names=names,
            progress=reporter,
        )
        written = stack.enter_context(reports.writing(report)) if report else None
        account = pipeline.run(
            folder / db.name if is_nowhere else db,
            contents.views,
            replace(contents.options, is_full=is_full, ran_by=ran_by),
            dry_run=dry_run,
            observe=written.take if written else lambda connection: None,
            empty=empty,
        )
    return account, contents.staged


@contextmanager
def _empty_meanwhile(folder: Path) -> Iterator[Callable[[], Path]]:
    """Have an event file without events written while another process reads; return what waits for it."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool.submit(pipeline.make_empty, folder / "empty.duckdb").result


@dataclass(frozen=True)
class Files:
    """Files that were read: what fills the staging tables with them, what their import says of itself, what was understood."""

    stages: list[pipeline.Stage]
    views: list[pipeline.Stage]  # the same, of records that are only read
    options: ImportOptions
    staged: intake.Staged
    shared: apart.Stage | None = None  # the only stage, where it stands in one folder with those of other imports


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
    unpacked_mb: int | None = None,
    names: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Files:
    """Read files in a process of its own, whose working files go to `folder`; raises IntakeError when there is nothing to read."""
    reporter = progress or Silent()
    wanted = mapping or intake.Mapping()

    def begin(n_bytes: int) -> None:
        reporter.begin(n_bytes)
        reporter.step("Lecture")

    contents = apart.read(
        files,
        folder,
        format=format,
        edition=edition,
        mapping=wanted,
        of_tables=of_tables or {},
        unpacked_mb=unpacked_mb,
        names=names,
        begin=begin,
        advance=reporter.advance,
    )
    reporter.step("Placement et contrôles")
    return _files(contents, wanted, source=source, licence=licence, edition=edition)


@dataclass(frozen=True)
class Reading:
    """What there is to read for one of several imports: its files, their format, whose they are, how they are understood."""

    files: Sequence[Path]
    format: str
    source: str
    mapping: intake.Mapping
    licence: str

    @property
    def n_bytes(self) -> int:
        """How much there is to read."""
        return sum(path.stat().st_size for path in self.files)


def read_each(wanted: Sequence[Reading], folder: Path) -> list[Files | CampaignError]:
    """Read the files of several imports, those of the small ones together; return what was read of each, or what is wrong with it."""
    results: dict[int, Files | CampaignError] = {}
    small = [number for number, each in enumerate(wanted) if each.n_bytes < intake.TOGETHER]
    for number, read in zip(small, _read_together([wanted[number] for number in small], folder), strict=True):
        if read is not None:
            each = wanted[number]
            results[number] = _files(read, each.mapping, source=each.source, licence=each.licence)
    for number, each in enumerate(wanted):
        if number in results:
            continue
        own = folder / f"alone-{number}"
        own.mkdir()
        try:
            results[number] = read_files(
                each.files, own, format=each.format, source=each.source, mapping=each.mapping, licence=each.licence
            )
        except CampaignError as error:
            results[number] = error
    return [results[number] for number in range(len(wanted))]


def nothing(wanted: Reading) -> Files:
    """Return what was read of files that hold no event, where that is what a person wants: an import that withdraws."""
    contents = apart.ReadFiles([wanted.source or ""], wanted.format, [], [], [])
    return _files(contents, wanted.mapping, source=wanted.source, licence=wanted.licence)


def _read_together(wanted: Sequence[Reading], folder: Path) -> list[apart.ReadFiles | None]:
    if len(wanted) < 2:
        return [None for _each in wanted]
    own = folder / "together"
    own.mkdir()
    try:
        return apart.read_each([(each.files, each.format, each.mapping) for each in wanted], own)
    except CampaignError:  # which of them brought the process down is seen when each is read alone
        return [None for _each in wanted]


def _files(
    contents: apart.ReadFiles,
    mapping: intake.Mapping,
    *,
    source: str | None,
    licence: str | None,
    edition: int | None = None,
) -> Files:
    named = source or mapping.source.get("name")
    region_2014, region_2016 = chamber_regions(mapping.source.get("chamber_region"))
    options = ImportOptions(
        source=named or " + ".join(contents.origins),
        format=contents.format,
        files=tuple(contents.names),
        edition=edition,
        licence=licence or mapping.source.get("licence"),
        chamber_region_2014=region_2014,
        chamber_region_2016=region_2016,
        is_mixed=named is None and len(contents.origins) > 1,
    )
    staged = intake.joined([each.staged for each in contents.stages], contents.left)
    shared = contents.stages[0] if len(contents.stages) == 1 and contents.stages[0].part is not None else None
    return Files(
        [each.load for each in contents.stages], [each.show for each in contents.stages], options, staged, shared
    )


def look(
    files: Sequence[Path | str], mapping: intake.Mapping | None = None, *, unpacked_mb: int | None = None
) -> list[looking.Table]:
    """Return the tables among files, with their columns as they would be read; raises IntakeError as `run_import` does."""
    with scratch.folder() as folder:
        return apart.look(files, folder, mapping or intake.Mapping(), unpacked_mb)


def rejected_of(
    files: Sequence[Path | str],
    mapping: intake.Mapping,
    of_tables: Mapping[str, intake.Mapping],
    lines: Mapping[str, Sequence[int]],
    *,
    unpacked_mb: int | None = None,
) -> list[rejected.Table]:
    """Return the tables among files with the rows of these lines, by the table's name, as a person corrects them."""
    with scratch.folder() as folder:
        return apart.rejected_rows(files, folder, mapping, of_tables, lines, unpacked_mb)


def chamber_regions(code: str | None) -> tuple[str | None, str | None]:
    """Return a chamber's regions of 2014 and 2016 from a code of either; online events of its agenda are there."""
    return reference.region_pair(code) if code else (None, None)
