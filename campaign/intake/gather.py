"""Which files an import reads, of which format each is, and why; the description of an agenda that explains another file.

Modules of formats are imported where a file is of one: the process that reads an import imports no more than it needs.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.core.language import Message, join, say
from campaign.intake.calendars import json_calendars, xml_calendars
from campaign.intake.fields import columns
from campaign.intake.files import csv_lines, encodings, json_slips, saved_pages, struck_runs, unpack, workbook_parts
from campaign.intake.readers import formats, json_lists, records
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import fixed_columns, object_cells

PLATFORM: Final = "openagenda"


@dataclass(frozen=True)
class Source:
    """A file, or a sheet of a workbook, to read.

    `name` is how a person knows it, `origin` the name of the source that its identifiers are unique in: a platform's, else
    the file's without dates and numbers, since chambers number their spreadsheets each in its own way. `format` is what it is
    read as (a feed is written as a table first), `kind` what people call it. `mapping` goes before that of the import; `part`
    is the number of the import, where several are read together; `warnings` is what was noticed of the file before it is read.
    """

    path: Path
    name: str
    format: str
    why: Message
    origin: str
    kind: str
    sheet: str | None = None
    agenda: dict[str, Any] | None = None
    mapping: Mapping | None = None
    part: int = 0
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Gathered:
    """The sources of an import, and the files that were left aside, each with why."""

    sources: list[Source]
    left: list[str | Message] = field(default_factory=list)

    @property
    def origins(self) -> list[str]:
        """The different sources' names, in order."""
        return list(dict.fromkeys(source.origin for source in self.sources))

    @property
    def format(self) -> str:
        """The format of the files, or "mixed"."""
        names = {source.kind for source in self.sources}
        return names.pop() if len(names) == 1 else "mixed"

    @property
    def n_bytes(self) -> int:
        """How much there is to read."""
        return sum(source.path.stat().st_size for source in self.sources)


def gather(
    given: Sequence[Path | str],
    scratch: Path,
    *,
    format: str = "auto",
    mapping: Mapping | None = None,
    budget: unpack.Budget | None = None,
    begin: Callable[[str], None] = lambda name: None,
    names: dict[str, str] | None = None,
) -> Gathered:
    """Return the sources in files, folders and archives; `budget` bounds what is unpacked.

    `begin` is told the name of each file that is looked at; `names` says, by its path, how a person knows a file otherwise.
    A file that was named and cannot be read is an error; one found in a folder or an archive is left aside, and said.
    Raises IntakeError when there is nothing to read, or for a format that is none of `formats.READERS`.
    """
    if format != "auto" and format not in formats.READERS:
        raise IntakeError(
            say("Le format « {format} » est inconnu.", format=format),
            say("Formats : auto, {formats}.", formats=", ".join(formats.READERS)),
        )
    sources: list[Source] = []
    left: list[str | Message] = []
    agendas: dict[Path, dict[str, Any]] = {}
    named_agendas: list[dict[str, Any]] = []  # agendas that were named, not found in a folder
    for given_item in unpack.expand(given, scratch, budget, begin, names):
        begin(given_item.name)
        try:
            item = replace(given_item, path=encodings.as_utf8(given_item.path, scratch))
            item = replace(item, path=saved_pages.as_page(item.path, scratch))
            item = replace(item, path=struck_runs.as_standing(workbook_parts.as_packed(item.path, scratch), scratch))
            item = replace(item, path=json_lists.as_bare(item.path, scratch))
            item = replace(item, path=json_slips.as_strict(item.path, scratch))
            item = replace(
                item, path=json_calendars.as_calendar(xml_calendars.as_calendar(item.path, scratch), scratch)
            )
            file_format, why, kind = formats.detect(item.path, item.name)
            kind = kind or file_format
            warnings: list[tuple[str, str]] = []
            if file_format == "lines":
                path, n_broken = records.as_list(item.path, scratch)
                item, file_format = replace(item, path=path), "openagenda"
                warnings += [("file_truncated", n_broken)] if n_broken else []
            elif file_format in records.READERS and format in ("auto", "csv"):
                path, n_broken = records.as_table(item.path, file_format, item.name, scratch)
                item, file_format = replace(item, path=path), "csv"
                warnings += [("file_truncated", n_broken)] if n_broken else []
            elif file_format == "json":
                file_format = kind = "openagenda"
            if file_format != "xlsx":
                path, n_mended = encodings.as_mended(item.path, scratch)
                item = replace(item, path=_as_cells(path, scratch) if file_format == "csv" else path)
                warnings += [("encoding_repaired", str(n_mended))] if n_mended else []
            if file_format == formats.AGENDA:
                agendas[Path(item.name) if not item.is_named else item.path] = json.loads(
                    item.path.read_text("utf-8-sig")
                )
                if item.is_named:
                    named_agendas.append(agendas[item.path])
                continue
            if file_format == "csv" and not item.is_named:
                from campaign.intake.spreadsheets import spreadsheet

                spreadsheet.understand(item.path, mapping or Mapping(), item.name)  # a note to read is no table
            new, beside = _sources(item, formats.Found(file_format, why, kind), format, mapping or Mapping())
        except IntakeError as error:
            if given_item.is_named:
                raise
            left.append(error.texts[0])
            continue
        sources += [replace(source, warnings=tuple(warnings)) for source in new]
        left += beside
    if not sources:
        if agendas:
            raise IntakeError(
                say("Ces fichiers décrivent un agenda, sans aucun événement."), say("Donnez aussi ses événements.")
            )
        raise IntakeError(say("Aucun de ces fichiers n'est un export d'événements."), join(" ", left))
    return Gathered(
        [replace(s, agenda=_agenda_of(s, agendas, named_agendas)) if s.format == "openagenda" else s for s in sources],
        left,
    )


def _sources(
    item: unpack.Item, detected: formats.Found, wanted: str, mapping: Mapping
) -> tuple[list[Source], list[Message]]:
    file_format, why, kind = detected
    is_platform = _is_openagenda(item, file_format, mapping)
    name = _wanted(item, file_format, why, wanted, is_platform)
    stem = re.sub(r"[\d_\W]+", "-", Path(item.name).stem.lower()).strip("-") or "fichier"
    origin = PLATFORM if is_platform else stem
    if file_format == "ics" and not is_platform:
        origin = "icalendar"  # identifiers of calendars are unique by their standard
    source = Source(item.path, item.name, name, why, origin, kind if name == file_format else name)
    if file_format != "xlsx":
        return [source], []
    from campaign.intake.spreadsheets import workbook

    sheets = workbook.sheets(item.path, item.name, mapping)
    if len(sheets.taken) <= 1:
        return [replace(source, sheet=next(iter(sheets.taken), None))], []
    parts = []
    for number, sheet in enumerate(sheets.taken):
        # the first sheet stays the same source when others are added
        own = origin if is_platform or number == 0 else f"{origin}-{columns.plain(sheet)}"
        parts.append(replace(source, name=f"{item.name}[{sheet}]", sheet=sheet, origin=own))
    return parts, [say("{name}, feuille {sheet}", name=item.name, sheet=sheet) for sheet in sheets.left]


def _is_openagenda(item: unpack.Item, file_format: str, mapping: Mapping) -> bool:
    """Tell whether a file's identifiers are those of the platform of agendas."""
    if file_format in ("openagenda", "opendatasoft"):
        return True
    if file_format == "ics":
        from campaign.intake.calendars import ics

        return ics.is_openagenda(item.path)
    try:
        if file_format == "csv":
            from campaign.intake.spreadsheets import spreadsheet

            return columns.is_openagenda(spreadsheet.understand(item.path, mapping, item.name).header.names)
        from campaign.intake.spreadsheets import workbook

        return file_format == "xlsx" and columns.is_openagenda(workbook.header(item.path, item.name, mapping))
    except IntakeError:
        return False  # what is wrong with it is said when it is read


def _wanted(item: unpack.Item, file_format: str, why: Message, wanted: str, is_platform: bool) -> str:
    """Return the format to read a file as, if it can be read as the one that was asked for."""
    as_table = file_format in formats.TABLES or file_format == "ics"
    if wanted in ("auto", file_format) or (wanted == "openagenda" and is_platform and as_table):
        return file_format
    if as_table or wanted in formats.TABLES or wanted == "ics":
        raise IntakeError(
            say("{name} n'est pas du format {wanted} : {why}.", name=item.name, wanted=wanted, why=why),
            say("Laissez --format auto."),
        )
    return wanted


def _agenda_of(
    source: Source, agendas: dict[Path, dict[str, Any]], named_agendas: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """Return the description of a file's agenda: given along, or found beside it (`albi_agenda.json`)."""
    named = [
        base.with_name(f"{_stem(base)}{mark}agenda.json")
        for base in (source.path, Path(source.name))
        for mark in ("_", ".", "-", "")
    ]
    beside = named[:4]
    for candidate in named:
        if candidate in agendas:
            return agendas[candidate]
    together = [
        agenda for path, agenda in agendas.items() if path.parent in (source.path.parent, Path(source.name).parent)
    ]
    if len(together) == 1:
        return together[0]
    if len(named_agendas) == 1:
        return named_agendas[0]
    for candidate in beside:
        if candidate != source.path and candidate.is_file() and formats.detect(candidate)[0] == formats.AGENDA:
            agenda_description = json.loads(candidate.read_text("utf-8-sig"))
            from campaign.intake.readers import openagenda

            return agenda_description if openagenda.is_agenda(agenda_description) else None
    return None


def grouped(sources: Sequence[Source], most_bytes: int) -> Iterator[list[Source]]:
    """Yield sources that follow one another in groups of so many bytes at most; a larger one is a group of its own."""
    group: list[Source] = []
    n_bytes = 0
    for source in sources:
        size = source.path.stat().st_size
        if group and n_bytes + size > most_bytes:
            yield group
            group, n_bytes = [], 0
        group.append(source)
        n_bytes += size
    if group:
        yield group


def _stem(path: Path) -> str:
    return re.sub(r"([._-]?events?)?(\.response)?$", "", path.stem)


def _as_cells(path: Path, scratch: Path) -> Path:
    """Return a table in text as lines of cells, whatever way its cells are parted."""
    return object_cells.as_columns(fixed_columns.as_cells(csv_lines.as_cells(path, scratch), scratch), scratch)
