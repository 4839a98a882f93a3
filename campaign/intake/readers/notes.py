"""Texts without a table: sentences, one event per line, or a page of notes in Markdown with its properties."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from campaign.intake.fields import columns
from campaign.intake.readers import sentences

_NOTED: Final = re.compile(
    r"\s*# (?P<title>[^\n]+)\n\s*(?P<properties>(?:[^\n:#|]{2,40}: [^\n]*(?:\n|\Z))+)\s*(?P<text>(?:(?!^# ).)*)\Z",
    re.DOTALL | re.MULTILINE,
)

Row = dict[str, str]


def text(path: Path, name: str) -> Iterator[Row]:
    """Yield the events of a text of sentences, one per line."""
    content = path.read_bytes()
    note = _noted(content.decode("utf-8-sig", "replace"))
    yield from [note] if note else sentences.text_rows(content)


def _noted(text: str) -> Row | None:
    """Return the event of a page of notes in Markdown: its heading, the properties below it, the text; None if it is no such page."""
    page = _NOTED.match(text.replace("\r\n", "\n"))
    if page is None:
        return None
    properties = [line.split(":", 1) for line in page["properties"].strip().split("\n")]
    row = {name.strip(): value.strip() for name, value in properties}
    known = {columns.field_of(name) for name in row} - {None}
    if "begins" not in known or len(known) < 2:
        return None
    return {"Titre": page["title"].strip(), **row, "Description": page["text"].strip()}
