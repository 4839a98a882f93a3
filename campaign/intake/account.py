"""The report of an import: each rejected record and each finding, with file, line, field, value, reason and remedy."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import duckdb

from campaign.core.files import whole_file
from campaign.core.language import gettext, mark
from campaign.wording import fields, findings
from campaign.wording.reasons import REASONS

HERE: Final = Path(__file__).parent
HEADER: Final = ("fichier", "ligne", "nature", "champ", "valeur", "motif", "explication", "remède")
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_BATCH: Final = 10_000

# Which field a finding is about; what has none is about the whole row.
FIELDS: Final = {
    "title_missing": mark("titre"),
    "cancelled_in_title": mark("titre"),
    "postponed_in_title": mark("titre"),
    "characters_lost": mark("texte"),
    "title_in_capitals": mark("titre"),
    "date_missing": mark("date"),
    "date_unreadable": mark("date"),
    "undated": mark("date"),
    "partial_timings": mark("date"),
    "wrong_offset": mark("date"),
    "end_before_start": mark("date"),
    "end_unreadable": mark("date"),
    "impossible_date": mark("date"),
    "outside_campaign": mark("date"),
    "outside_window": mark("date"),
    "recurrence_cut": mark("date"),
    "recurrence_unreadable": mark("date"),
    "timezone_unknown": mark("date"),
    "value_not_understood": mark("valeur"),
    "sessions_overlap": mark("date"),
    "month_long": mark("date"),
    "begins_at_night": mark("date"),
    "longer_than_a_day": mark("date"),
    "date_ambiguous": mark("date"),
    "hour_unreadable": mark("date"),
    "unlocated": mark("lieu"),
    "place_conflict": mark("lieu"),
    "outside_101": mark("lieu"),
    "outside_france": mark("lieu"),
    "commune_unrecognised": mark("nom de la commune"),
    "commune_ambiguous": mark("nom de la commune"),
    "coordinates_swapped": mark("coordonnées"),
    "coordinates_unusable": mark("coordonnées"),
    "coordinates_unreadable": mark("coordonnées"),
    "unpublished": mark("état de publication"),
    "uid_repeated": mark("identifiant"),
    "repeated_in_import": mark("identifiant"),
    "type_unknown": mark("type"),
    "pile_up": mark("coordonnées"),
    "personal_data_removed": mark("texte"),
    "html_in_text": mark("texte"),
    "link_dropped": mark("lien"),
    "text_cut": mark("texte"),
    "encoding_repaired": mark("encodage"),
    "file_truncated": mark("fichier"),
}


class Report:
    """A report being written: `take` adds what one stage of an import rejected and found."""

    def __init__(self, file: IO[str]) -> None:
        self._rows = csv.writer(file, delimiter=";")
        self._rows.writerow(HEADER)

    def take(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add the rejects and the findings that stand in the tables of the build."""
        cursor = connection.execute((HERE / "account.sql").read_text("utf-8"))
        while rows := cursor.fetchmany(_BATCH):
            self._rows.writerows(map(_row, rows))


@contextmanager
def writing(path: Path) -> Iterator[Report]:
    """Open the report that Excel reads; it is there under its name once it is whole, or not at all.

    Raises WriteError where the system refuses.
    """
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        yield Report(text)
        text.detach()


def field_of(kind: str) -> str:
    """Return the name of the field that a finding or a reason is about, for readers; "" where it is about several."""
    return gettext(FIELDS[kind]) if kind in FIELDS else ""


def _row(row: tuple[Any, ...]) -> tuple[object, ...]:
    file, line, is_reject, kind, value = row
    reason = REASONS.get(kind)
    field = field_of(kind)
    text = str(value or "")
    if kind == findings.NOT_UNDERSTOOD:
        misread, text = findings.misread(text)
        field = fields.name_of(misread) if misread else field
    return (
        file or "",
        line or "",
        gettext("rejet") if is_reject else gettext("constat"),
        field,
        f"'{text}" if text.startswith(_FORMULAS) else text,
        kind,
        reason.label if reason else findings.finding(kind),
        reason.remedy if reason else findings.remedy(kind),
    )
