"""Corrections of people over what a source says of an event: decided, taken back, brought from a file.

A correction is keyed by the source and its identifier of the event, and by the field: it stays over later imports of that source,
and is put over its values at each publishing (campaign/publish/correct.sql). A later one of the same field takes its place.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

import duckdb

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.core.settings import PARIS
from campaign.intake.dates.date_text import Hint
from campaign.intake.fields import date_fields
from campaign.publish import pipeline
from campaign.publish.decisions import publishing

Field = Literal["type", "place", "dates", "organiser"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
COLUMNS: Final = ("source", "source_uid", "field", "value", "replaced", "decided_at", "decided_by", "note")
ONLINE: Final = "en ligne"


@dataclass(frozen=True)
class Correction:
    """What a person says of one field of an event, which is named by its source and the source's identifier."""

    source: str
    source_uid: str
    field: Field
    value: str
    replaced: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    note: str | None = None


def correct(
    db: Path,
    event_id: str,
    field: Field,
    value: str,
    *,
    decided_by: str | None = None,
    note: str | None = None,
    decided_at: datetime | None = None,
) -> str:
    """Remember that a field of an event is `value`, and publish; return the value as it was understood.

    Raises StoreError if there is no such event, or if the value is not understood as a whole.
    """
    with publishing(db, "corrected", f"{event_id} · {field}") as connection:
        event = connection.execute(
            "select source, source_uid, coalesce(edition, year(first_day)) from events where event_id = $1", [event_id]
        ).fetchone()
        if event is None:
            raise StoreError(
                say("Aucun événement « {event_id} ».", event_id=event_id),
                say("L'adresse d'une fiche de l'agenda donne l'identifiant."),
            )
        source, source_uid, year = event
        understood = _understood(connection, field, value, year)
        correction = Correction(source, source_uid, field, understood, None, decided_at, decided_by, note)
        _remember(connection, [correction])
        _check_places(connection, [correction])
    return understood


def undo(db: Path, source: str, source_uid: str, field: str) -> None:
    """Take back a correction: what the source says stands again. Raises StoreError if there was none."""
    with publishing(db, "correction_undone", f"{source} · {source_uid} · {field}") as connection:
        deleted = connection.execute(
            "delete from corrections where source = $1 and source_uid = $2 and field = $3 returning field",
            [source, source_uid, field],
        ).fetchall()
        if not deleted:
            raise StoreError(say("Rien n'a été corrigé là."), say("campaign corrections list montre les corrections."))


def read(path: Path) -> list[Correction]:
    """Return the corrections of a file that `campaign corrections export` wrote, or one like it. Raises StoreError if it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.readline()
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=";" if sample.count(";") > sample.count(",") else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoreError(
            say("{name} n'est pas lisible.", name=path.name), say("Donnez un fichier CSV en UTF-8."), detail=error
        ) from error
    return [_of_row(path.name, number, row) for number, row in enumerate(rows, start=2)]


def bring(
    db: Path, corrections: Iterable[Correction], *, decided_by: str | None = None, file: str | None = None
) -> int:
    """Remember corrections of a file, all or none, and publish; return how many. Raises StoreError if one is not understood.

    The trail names `file`.

    An event that the file does not hold yet is waited for: its correction is told among the findings.
    """
    with publishing(db, "corrections_brought", file) as connection:
        given = [
            Correction(
                c.source,
                c.source_uid,
                c.field,
                _understood(connection, c.field, c.value, None),
                c.replaced,
                c.decided_at,
                c.decided_by or decided_by,
                c.note,
            )
            for c in corrections
        ]
        _remember(connection, given)
        _check_places(connection, given)
    return len(given)


def _of_row(name: str, number: int, row: dict[str, str | None]) -> Correction:
    given = {key: (row.get(key) or "").strip() or None for key in COLUMNS}
    source, source_uid, field, value = (given[key] for key in COLUMNS[:4])
    if not (source and source_uid and value) or field not in FIELDS:
        raise StoreError(
            say(
                "{name}, ligne {number} : il manque la source, l'identifiant, le champ ou la valeur.",
                name=name,
                number=number,
            ),
            say("Colonnes : {columns} ; champs : {fields}.", columns=", ".join(COLUMNS), fields=", ".join(FIELDS)),
        )
    try:
        decided_at = datetime.fromisoformat(given["decided_at"]) if given["decided_at"] else None
    except ValueError as error:
        raise StoreError(
            say(
                "{name}, ligne {number} : « {text} » n'est pas une date.",
                name=name,
                number=number,
                text=given["decided_at"],
            ),
            say("Écrivez-la sous la forme 2026-11-05T18:30:00+01:00, ou laissez-la vide."),
        ) from error
    if decided_at is not None and decided_at.tzinfo is None:
        decided_at = decided_at.replace(tzinfo=PARIS)
    return Correction(
        source, source_uid, _field(field), value, given["replaced"], decided_at, given["decided_by"], given["note"]
    )


def _field(name: str) -> Field:
    return next(field for field in FIELDS if field == name)


def _understood(connection: duckdb.DuckDBPyConnection, field: Field, value: str, year: int | None) -> str:
    """Return a value in the form in which it is kept. Raises StoreError if anything of it is not understood."""
    text = " ".join(value.split())
    if field == "type":
        return _type(connection, text)
    if field == "dates":
        return _dates(text, year)
    if field == "place":
        return " | ".join(part.strip() for part in text.split("|"))
    if not connection.execute("select slug($1) <> ''", [text]).fetchall()[0][0]:
        raise StoreError(say("« {value} » n'est pas un nom.", value=value), say("Donnez le nom de l'organisateur."))
    return text


def _type(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    matches = connection.execute(
        "select type from event_types where type = $1 or searchable(label_fr) = searchable($1) or searchable(label_en) = searchable($1)",
        [text],
    ).fetchall()
    if not matches:
        known = connection.execute("select string_agg(type, ', ' order by rank) from event_types").fetchall()[0][0]
        raise StoreError(say("« {text} » n'est pas un type.", text=text), say("Types : {known}.", known=known))
    return str(matches[0][0])


def _dates(text: str, year: int | None) -> str:
    is_written = " -> " in text or "|" in text
    spans, notes = date_fields.span(text if is_written else None, text, around=Hint(year=year))
    if not spans or notes:
        left = " ; ".join(detail for _, detail in notes)
        raise StoreError(
            say("« {text} » n'a pas été compris.", text=left or text),
            say("Écrivez par exemple « 05/11/2026 de 14h à 16h », ou « 2026-11-05T14:00 -> 2026-11-05T16:00 »."),
        )
    if any(ends is not None and ends < begins[: len(ends)] for begins, ends in spans):
        raise StoreError(
            say("« {text} » finit avant de commencer.", text=text), say("Corrigez l'heure ou le jour de fin.")
        )
    return " | ".join(begins if ends is None else f"{begins} -> {ends}" for begins, ends in spans)


def _remember(connection: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> None:
    pipeline.define_corrected_value(connection)
    for c in corrections:
        key = [c.source, c.source_uid, c.field]
        replaced = connection.execute(
            """
            select corrected_value(
                $3,
                e,
                coalesce((select list(s order by begins_at, ends_at) from sessions as s where s.event_id = e.event_id), [])
            )
            from events as e
            where e.source = $1 and e.source_uid = $2
            """,
            key,
        ).fetchall()
        connection.execute("delete from corrections where source = $1 and source_uid = $2 and field = $3", key)
        connection.execute(
            "insert into corrections values ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                *key,
                c.value,
                c.replaced or (replaced[0][0] if replaced else None),
                c.decided_at or datetime.now(UTC),
                c.decided_by,
                c.note,
            ],
        )


def _check_places(connection: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> None:
    """Raise StoreError if a place is none that is known: it would take an event off the map."""
    wanted = {(c.source, c.source_uid): c.value for c in corrections if c.field == "place"}
    if not wanted:
        return
    pipeline.try_corrections(connection)
    rows = connection.execute("select source, source_uid, placement, country_code from incoming").fetchall()
    for source, source_uid, placement, country in rows:
        value = wanted.get((source, source_uid))
        if value is not None and placement == "unlocated" and country in (None, "FR"):
            raise StoreError(
                say("Le lieu « {value} » n'est pas reconnu.", value=value),
                say(
                    "Donnez la commune (« 35000 Rennes », « Rennes (35) », 35238), « lieu | adresse | commune », ou « {online} ».",
                    online=ONLINE,
                ),
            )


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows of the query « corrections » as the file that `read` reads."""
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "decided_at": row["decided_at"].astimezone(PARIS).isoformat()})
    return target.getvalue()
