"""A campaign of several imports, and the same one as it was on the evening of a day between them."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from campaign.publish.decisions import decide_duplicate
from tests.records import Record, build, record, rows_of

DAY = date(2014, 10, 20)  # the evening that views go back to
LATER = date(2014, 12, 18)  # the day on which they do; the edition of 2014 still runs

# Communes of Bretagne, Rhône-Alpes, Île-de-France, Corse and La Réunion; the last three of each region join after DAY.
PLACES = {
    "53": ("35238", "22278", "56260", "29232", "35115", "29019"),
    "82": ("69123", "38185", "73065", "42218", "74010", "26362"),
    "11": ("75056", "78646", "92050"),
    "94": ("2A004", "2B033"),
    "04": ("97411", "97416"),
}
TYPES = ("Conférence", "Atelier", "Ciné-débat", "Porte ouverte", "Marché")
THEMES = (["Culture"], ["Sport", "Culture"], [])


@dataclass(frozen=True)
class Dated:
    """The file after all imports, and a copy of it made on the evening of DAY."""

    full: Path
    cut: Path


def build_both(folder: Path) -> Dated:
    """Build both files in `folder`: after DAY much is registered, changed, moved, published, cancelled, withdrawn, decided on."""
    full, cut = folder / "full.duckdb", folder / "cut.duckdb"
    for year in (2012, 2013):
        build(full, _edition(year, 3, 22), imported_at=_noon(date(year, 10, 5)))
    build(full, _edition(2014, 3, 26), imported_at=_noon(date(2014, 9, 10)))
    seen = _edited(_edition(2014, 4, 34), every=5)
    build(full, seen, imported_at=_noon(date(2014, 10, 10)), is_full=True)
    _join(full, "2014-53-2", "2014-53-4", date(2014, 10, 12))
    shutil.copyfile(full, cut)
    build(full, _edited(_edition(2013, 6, 30), every=3), imported_at=_noon(date(2014, 10, 24)))
    late = _cancelled(_edited(_edition(2014, 6, 70), every=4, title="Rencontre"), every=7)
    build(full, late[6:], imported_at=_noon(date(2014, 10, 28)), is_full=True)
    build(full, _edition(2014, 6, 24, prefix="autre"), source="autre agenda", imported_at=_noon(date(2014, 11, 4)))
    _join(full, "2014-53-8", "2014-53-14", date(2014, 11, 6))
    return Dated(full, cut)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def _edition(year: int, reach: int, n: int, *, prefix: str = "") -> list[Record]:
    """Return n events of an edition, region by region, in the first `reach` communes of each."""
    rows = []
    for number in range(n):
        region = list(PLACES)[number % 2 if number % 3 else number % len(PLACES)]
        communes = PLACES[region][:reach]
        day = 1 + (number * 7) % 28
        uid = f"{prefix}{year}-{region}-{number}"
        rows.append(
            record(
                uid,
                title=f"Événement {number}",
                type_label=TYPES[(number * number) % len(TYPES)] if number % 9 else f"Inconnu {number}",
                theme_labels=THEMES[number % 3],
                attendance_mode="online" if number % 8 == 3 else "on_site",
                commune_code=None if number % 11 == 10 else communes[number % len(communes)],
                organiser_labels=[f"Association {number % 9}", *([f"Mutuelle {number % 4}"] if number % 4 == 0 else [])],
                is_published=number % 10 != 9,
                conditions="Entrée libre" if number % 2 else None,
                accessibility=["mi"] if number % 5 == 0 else [],
                timings=[(f"{year}-11-{day:02}T18:00", f"{year}-11-{day:02}T20:00" if number % 4 else None)],
                created_at=None,
                updated_at=None,
            )
        )  # fmt: skip
    return rows


def _edited(rows: list[Record], *, every: int, title: str = "Rendez-vous") -> list[Record]:
    """Return the records, each so many-th with another title, place, day, organiser and state."""
    changed = []
    for number, row in enumerate(rows):
        if number % every == 1:
            day = 1 + (number * 5) % 28
            row = row | {
                "title": f"{title} {number}",
                "commune_code": PLACES["82" if number % 2 else "53"][number % 6],
                "organiser_labels": [f"Coopérative {number % 5}", f"Commune {number % 3}"],
                "theme_labels": ["Emploi"],
                "is_published": True,
                "timings": [(f"{row['timings'][0][0][:4]}-11-{day:02}T10:00", None)],
            }
        changed.append(row)
    return changed


def _cancelled(rows: list[Record], *, every: int) -> list[Record]:
    return [row | {"status": "cancelled"} if number % every == 2 else row for number, row in enumerate(rows)]


def _join(db: Path, uid: str, other_uid: str, day: date) -> None:
    """Decide that one event repeats another."""
    ids = dict(rows_of(db, "select source_uid, event_id from events where source = 'agenda'"))
    decide_duplicate(db, ids[uid], ids[other_uid], "accepted", decided_at=_noon(day))
