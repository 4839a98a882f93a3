"""What a format's reader is given, and what it must leave behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from campaign.core.language import Message


@dataclass(frozen=True)
class Mapping:
    """A mapping file: which column is which field, what the source is, what its values mean.

    `columns` gives for each field a header or a column number (1 is the first), or several of them; `source` holds free
    settings such as `chamber_region`; `values` translates the cells of a field; `rows` holds, by its line, the cells of a row
    that a person corrected.
    """

    columns: dict[str, str | int | list[str | int]] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One file to read: where it is, a folder for working files, the mapping, the agenda that explains its fields.

    `name` is how a person knows it, `sheet` the sheet of a workbook, `window` the days within which what is repeated is
    looked for, if the edition is known, `edition` its year; `advance` is told how many bytes were read.
    """

    path: Path
    scratch: Path
    mapping: Mapping = field(default_factory=Mapping)
    agenda: dict[str, Any] | None = None
    name: str = ""
    sheet: str | None = None
    window: tuple[date, date] | None = None
    edition: int | None = None
    advance: Callable[[int], None] = lambda n_bytes: None

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.path.name)


@dataclass(frozen=True)
class Reading:
    """What was understood of a file: in words, and for a spreadsheet which column gave which field.

    `samples` holds, by field, up to three values as they are written, `reasons` why a column that no list names was taken for
    it, `likenesses` what a column without use looks like.
    """

    why: Message
    columns: dict[str, list[str]] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    unused_columns: tuple[str, ...] = ()
    likenesses: dict[str, str] = field(default_factory=dict)
    warnings: tuple[tuple[str, str], ...] = ()


class Reader(Protocol):
    """A format: sets the variable `intake_incoming` to a query (campaign/intake/incoming.sql) from one file.

    Items that are not records go straight to `intake_rejects`. Raises IntakeError if the file cannot be read at all.
    """

    def __call__(self, connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
        """Read the file."""
        ...
