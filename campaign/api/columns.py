"""The columns of a public event, in order, and what is done to them on their way out."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from campaign import store
from campaign.api.parameters import Cursor
from campaign.filters import Filters

COLUMNS: Final = (
    "event_id",
    "edition",
    "title",
    "type",
    "type_label",
    "themes",
    "organiser",
    "starts_at",
    "ends_at",
    "n_sessions",
    "venue",
    "address",
    "postcode",
    "commune",
    "commune_code",
    "departement_code",
    "region_2014_code",
    "region_2016_code",
    "lat",
    "lon",
    "place_precision",
    "attendance_mode",
    "status",
    "url",
    "source",
    "updated_at",
    "is_demo",
)
BATCH_ROWS: Final = 5_000

# Free texts in which a person may have written how to reach them; no answer gives an e-mail or a telephone number.
FREE_TEXTS: Final = ("title", "organiser", "venue", "address")
REMOVED: Final = "[…]"
EMAIL: Final = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
TELEPHONE: Final = r"(?:(?:\+|\b00)[1-9][0-9]{0,2}[ .\-]?(?:\(0\)[ .\-]?)?[1-9]|\b0[1-9])(?:[ .\-/]?[0-9]{2}){4}\b"
CONTACT: Final = f"(?:{EMAIL}|{TELEPHONE})"
# A link that writes to somebody or calls them.
CONTACT_LINK: Final = rf"(?i)^(?:mailto|tel|sms):|{EMAIL}"

# A spreadsheet runs a cell that begins like this.
FORMULA: Final = r"^[=+\-@\t\r]"


def batches(chosen: Filters, *, limit: int | None = None, after: Cursor | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the counted events of the filters in the order of every public address, without contacts.

    Columns: COLUMNS, then `starts_instant` for paging. In bounded memory; close the iterator to free its cursor.
    """
    after_starts: datetime | None = after.starts_instant if after else None
    after_id = after.event_id if after else None
    rows = store.stream(
        "event_rows",
        batch_rows=BATCH_ROWS,
        chosen=chosen,
        lang=chosen.lang,
        after_starts=after_starts,
        after_id=after_id,
        limit=limit,
    )
    for batch in rows:
        yield without_contacts(batch)


def without_contacts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with e-mails and telephone numbers struck out of its texts, and links that hold one left out."""
    for name in FREE_TEXTS:
        if name in batch.schema.names and _any_matches(batch[name], CONTACT):
            batch = _with(batch, name, pc.replace_substring_regex(batch[name], CONTACT, REMOVED))
    if "url" in batch.schema.names and _any_matches(batch["url"], CONTACT_LINK):
        has_contact = pc.match_substring_regex(batch["url"], CONTACT_LINK)
        batch = _with(batch, "url", pc.if_else(has_contact, pa.scalar(None, batch["url"].type), batch["url"]))
    return batch


def plain(text: str | None) -> str | None:
    """Return one text with e-mails and telephone numbers struck out."""
    return re.sub(CONTACT, REMOVED, text) if text else text


def harmless(values: pa.Array) -> pa.Array:
    """Return texts that a spreadsheet shows rather than runs: an apostrophe before = + - @, tab, return."""
    if not _any_matches(values, FORMULA):
        return values
    return pc.if_else(pc.match_substring_regex(values, FORMULA), pc.binary_join_element_wise("'", values, ""), values)


def records(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch as dictionaries of COLUMNS."""
    rows: list[dict[str, Any]] = batch.select(list(COLUMNS)).to_pylist()
    return rows


def _any_matches(values: pa.Array, pattern: str) -> bool:
    """Return whether a text matches: much quicker than replacing, and there is seldom anything to replace."""
    return bool(pc.any(pc.match_substring_regex(values, pattern)).as_py())


def _with(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    return batch.set_column(batch.schema.get_field_index(name), name, values)
