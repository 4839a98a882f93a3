"""What entries of feeds say of events without modules: elements of a site's own, labelled lines of texts, a date in a title."""

import re
from datetime import date
from typing import Any, Final

from campaign.intake.dates import date_text
from campaign.intake.fields import columns
from campaign.intake.files import xml_documents

Row = dict[str, str]

_STANDARD: Final = frozenset(
    ("title", "link", "description", "guid", "pubdate", "author", "category", "comments", "enclosure", "source", "id")
)
_CORE: Final = "{http://purl.org/dc/elements/1.1/}date"
_LABELLED: Final = re.compile(r"^\W*([^\W\d][^:\n]{1,30}?)\s*:\s+(\S.*)$")
_OF_EVENTS: Final = frozenset(
    ("begins", "begins_hour", "ends", "ends_hour", "venue", "address", "city", "postcode", "organiser", "duration")
)
_BEHIND_TITLE: Final = re.compile(r"\s+[-–—|:]\s+|\s*[,(]\s*")
_PAIRS: Final = re.compile(r"(?i)\s*:?\s*</(?:dt|th)>\s*<(?:dd|td)\b[^>]*>")  # « <dt>Date</dt><dd>5 novembre »
_LINES: Final = re.compile(r"(?i)<(?:br|/?p|/?div|/?li|/?tr|/?h\d|/?dd|/?dt)\b[^>]*>|\n")


def own_elements(content: bytes) -> list[Row]:
    """Return for each item of an RSS feed the elements that RSS has not, by their names, and the date of Dublin Core.

    A date that is no later than the publication of its item is not that of an event: it is left out.
    """
    import lxml.etree

    root = lxml.etree.fromstring(content, xml_documents.parser(is_mended=True))
    return [_own(item) for item in root.iter("{*}item")] if root is not None else []


def _own(item: Any) -> Row:
    row: Row = {}
    published = _day(item.findtext("pubDate") or "")
    for part in item.iterchildren("*"):
        text = " ".join("".join(part.itertext()).split())
        name = "date" if part.tag == _CORE else str(part.tag)
        if not text or "{" in name or name.lower() in _STANDARD:
            continue
        is_doubtful = columns.field_of(name) == "begins" and (
            published or (date.max if part.tag == _CORE else date.min)
        )
        if is_doubtful and (day := _day(text)) and day <= is_doubtful:
            continue
        row[name] = f"{row[name]} | {text}" if name in row else text
    return row


def _day(text: str) -> date | None:
    """Return the first day that a text gives; None if it gives none."""
    sessions, _left = date_text.parse(text)
    return sessions[0][0].day if sessions else None


def labelled(html: str) -> Row:
    """Return what the lines of a text say under the labels of columns, « Date : … », « Lieu : … »; nothing without a date.

    The first of two lines of one label counts, and a line whose label is no column of an event is text.
    """
    import lxml.html

    row: Row = {}
    for line in _LINES.split(_PAIRS.sub(" : ", html)):
        text = " ".join(lxml.html.fromstring(f"<div>{line}</div>").text_content().split()) if line.strip() else ""
        match = _LABELLED.match(text)
        if match and columns.field_of(match[1]) in _OF_EVENTS:
            row.setdefault(match[1], match[2])
    return row if any(columns.field_of(label) == "begins" for label in row) else {}


def date_behind(title: str) -> tuple[str, date] | None:
    """Return the date that a title ends with, as it is written, and its day: « Café - jeudi 13 novembre 2014 à 19h »."""
    for separator in _BEHIND_TITLE.finditer(title):
        text = title[separator.end() :].removesuffix(")").strip()
        if re.search(r"(?:19|20)\d\d", text):
            sessions, left = date_text.parse(text)
            if sessions and not left:
                return text, sessions[0][0].day
    return None
