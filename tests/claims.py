"""Claims of a change or a record as a reader would meet them, and an event file on which they can be counted by hand."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

from tests.records import Record, build, record

# What says that one edition has more, fewer, or the most events; published figures and directions (J+30) are none.
CLAIM = re.compile(
    r"de (?:plus|moins) (?:en \d{4} )?qu'en \d|autant (?:en \d{4} )?qu'en \d|par rapport à \d|\d → \d|Écart avec"
    r"|(?<![J\w])\+\d|\d en (?:hausse|baisse)|entre \d{4} et \d{4}|de \d{4} à \d{4} \(|record des \d|plus (?:haut|bas) total"
    r"|le plus haut du fichier|a le plus grossi : indice [\d ]+ en 2026|\bon 2025\b|against 2025|Change since|a record over"
    r"|(?:more|fewer) (?:in \d{4} )?than in \d|as many (?:in \d{4} )?as in \d|(?:highest|lowest) total"
)

TODAY = date(2026, 11, 3)  # two days after the opening
COMMUNES = {"35238": "53", "75056": "11", "69123": "84", "97411": "04", "44109": "52"}  # and their regions of 2016
TYPES = {"Conférence": "conference", "Atelier": "atelier", "Ciné-débat": "cine-debat"}


def unescaped(text: str) -> str:
    """Return the words of HTML or SVG with plain apostrophes and one kind of space."""
    return re.sub(r"\s+", " ", unescape(text))


def claims(text: str) -> list[str]:
    """Return the claims of a text, with a few words around each."""
    plain = unescaped(text)
    return [plain[max(match.start() - 60, 0) : match.end() + 40] for match in CLAIM.finditer(plain)]


def dated_rows() -> list[Record]:
    """Return three editions of events with registration days, those of 2025 until December, those of 2026 until TODAY."""
    return [
        record(
            f"{edition}-{number}",
            commune_code=list(COMMUNES)[number % len(COMMUNES)],
            type_label=list(TYPES)[number % 7 % len(TYPES)],
            timings=[(f"{edition}-11-{number % 28 + 1:02}T18:00", f"{edition}-11-{number % 28 + 1:02}T20:00")],
            created_at=moment.isoformat(),
            updated_at=moment.isoformat(),
        )
        for edition, first, step in ((2024, (6, 1), 30), (2025, (6, 15), 20), (2026, (7, 1), 14))
        for number, moment in enumerate(_moments(datetime(edition, *first, 10, tzinfo=UTC), timedelta(hours=step)))
    ]


def _moments(first: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield registrations until 20 December, of the running edition until TODAY."""
    last = min(date(first.year, 12, 20), TODAY)
    moment = first
    while moment.date() <= last:
        yield moment
        moment += step


def build_dated(db: Path, rows: list[Record]) -> Path:
    """Import rows on TODAY and return the event file."""
    build(db, rows, imported_at=datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=UTC))
    return db


def by_hand(rows: list[Record], edition: int, day: date) -> list[Record]:
    """Return the rows of an edition that were registered by a day."""
    return [
        row
        for row in rows
        if row["source_uid"].startswith(f"{edition}-") and datetime.fromisoformat(row["created_at"]).date() <= day
    ]
