"""The columns of a public event, in order, each with what it means, and the rows as they go out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from campaign import store
from campaign.core.language import mark
from campaign.exports.contacts import REMOVED as REMOVED
from campaign.exports.contacts import plain as plain
from campaign.exports.contacts import without_contacts as without_contacts
from campaign.exports.cursor import Cursor
from campaign.exports.formulas import harmless as harmless
from campaign.filters import Filters

Kind = Literal["text", "texts", "integer", "number", "boolean", "instant"]


@dataclass(frozen=True)
class Meaning:
    """What a column holds: kind of value, whether it may be missing, and its description as a French message."""

    kind: Kind
    is_optional: bool
    description: str


# The data dictionary: the page of data and the description of the addresses say the same.
DICTIONARY: Final[dict[str, Meaning]] = {
    "event_id": Meaning("text", False, mark("Identifiant de l'événement, le même d'un import à l'autre.")),
    "edition": Meaning("integer", False, mark("Année de l'édition à laquelle l'événement compte.")),
    "title": Meaning("text", False, mark("Titre, comme à la source.")),
    "type": Meaning("text", False, mark("Code du type d'événement.")),
    "type_label": Meaning("text", False, mark("Nom du type, dans la langue demandée.")),
    "themes": Meaning("texts", False, mark("Codes des thèmes ; dans une cellule, séparés par |.")),
    "organiser": Meaning("text", True, mark("Organisateur principal ; vide s'il n'est pas nommé.")),
    "starts_at": Meaning("instant", True, mark("Début de la première session, à l'heure du lieu.")),
    "ends_at": Meaning("instant", True, mark("Fin de la dernière session, à l'heure du lieu.")),
    "n_sessions": Meaning("integer", False, mark("Nombre de sessions.")),
    "venue": Meaning("text", True, mark("Nom du lieu.")),
    "address": Meaning("text", True, mark("Adresse du lieu.")),
    "postcode": Meaning("text", True, mark("Code postal.")),
    "commune": Meaning("text", True, mark("Nom de la commune au jour de la première session.")),
    "commune_code": Meaning("text", True, mark("Code INSEE de la commune au jour de la première session.")),
    "departement_code": Meaning("text", True, mark("Code INSEE du département.")),
    "region_2014_code": Meaning("text", True, mark("Code INSEE de la région, découpage de 2014 (27 régions).")),
    "region_2016_code": Meaning("text", True, mark("Code INSEE de la région, découpage de 2016 (18 régions).")),
    "lat": Meaning("number", True, mark("Latitude en degrés (WGS 84) ; vide en ligne ou sans lieu connu.")),
    "lon": Meaning("number", True, mark("Longitude en degrés (WGS 84).")),
    "place_precision": Meaning(
        "text", False, mark("Précision du lieu : address, commune, departement, region, online ou unknown.")
    ),
    "attendance_mode": Meaning("text", False, mark("Participation : on_site, online ou mixed.")),
    "status": Meaning("text", False, mark("État : scheduled, rescheduled, moved_online, postponed ou full.")),
    "url": Meaning("text", True, mark("Page de l'événement à sa source.")),
    "source": Meaning("text", False, mark("Source de l'import qui a apporté l'événement.")),
    "updated_at": Meaning("instant", False, mark("Dernière mise à jour à la source, à l'heure de Paris.")),
    "is_demo": Meaning("boolean", False, mark("Vrai pour un événement fictif, de démonstration.")),
    "licence": Meaning("text", True, mark("Licence de l'import qui a apporté l'événement.")),
    "commune_code_now": Meaning(
        "text", True, mark("Code INSEE de la commune qui en tient lieu aujourd'hui ; vide sans commune.")
    ),
}

COLUMNS: Final = tuple(DICTIONARY)
BATCH_ROWS: Final = 5_000
PAGE_EVENTS: Final = 50_000  # sorted at once; a page costs a second among a million events


def batches(chosen: Filters, *, limit: int | None = None, after: Cursor | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the counted events of the filters in the order of every public address, without contacts.

    Columns: COLUMNS, then `starts_instant` for paging. In bounded memory; close the iterator to free its cursor.
    """
    last = (after.starts_instant, after.event_id) if after else None
    return paged("event_rows", ("after_starts", "starts_instant"), limit, last, chosen=chosen, lang=chosen.lang)


def paged(
    name: str,
    key: tuple[str, str],
    limit: int | None = None,
    last: tuple[datetime, str] | None = None,
    **params: object,
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a query, without contacts, by pages of PAGE_EVENTS events: sorting them all at once takes memory.

    `key` names the parameter and the column of the instant by which the query is ordered, before event_id; `last` is where
    the first page begins. At least one batch is yielded: without rows it tells the columns.
    """
    first = True
    while True:
        n_events = 0
        after = {key[0]: last[0] if last else None, "after_id": last[1] if last else None}
        page_size = min(limit, PAGE_EVENTS) if limit is not None else PAGE_EVENTS
        for batch in store.stream(name, batch_rows=BATCH_ROWS, limit=page_size, **params, **after):
            if batch.num_rows:
                n_events += len(pc.unique(batch["event_id"]))
                last = (batch[key[1]][-1].as_py(), batch["event_id"][-1].as_py())
            if batch.num_rows or first:
                first = False
                yield without_contacts(batch)
        if n_events < page_size or limit is not None:
            return


def records(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch as dictionaries of COLUMNS."""
    rows: list[dict[str, Any]] = batch.select(list(COLUMNS)).to_pylist()
    return rows
