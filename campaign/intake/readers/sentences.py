"""Lists of events in sentences: « - mardi 3 novembre, 14h, Rennes : Atelier de réparation ».

A line is read if it is sure which part of it is what: it begins with a date of which nothing is left over; of what follows, one
part is a town, or a colon stands between the place and the title. A document of which one dated line is not sure is not read.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from campaign.intake.dates import date_text
from campaign.intake.dates.date_text import Hint
from campaign.intake.fields import columns, date_hints, named_places

FEWEST: Final = 2  # dated lines of a list
LARGEST: Final = 1 << 18  # bytes of a text that may be a list of sentences
_BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪◦►→>]|\d{1,2}[.)](?=\s))\s*")
_HEAD: Final = re.compile(
    r"(?i)(?:(?:du|les?)\s+)?(?:[a-zà-ÿ]{2,8}\.?\s+)?\d{1,2}(?:er)?[\s/.]|\d{4}-\d\d-\d\d\b"
)  # a look before parsing
_SEPARATOR: Final = re.compile(r"\s*[,|]\s+|\s+:\s+|:\s+|\s+[-–—|]\s+")
_NUMBER_OF_PLACE: Final = re.compile(r"\s*\(\s*(?:\d{2,3}|2[ABab])\s*\)\s*$")
_MOST_PARTS: Final = 5  # of a line, that may be its date

Row = dict[str, str]


def rows_of(lines: Sequence[str]) -> list[Row]:
    """Return the events of a list of sentences, each as a row; none if the lines are no such list, or one of them is not sure.

    What stands between the events and gives no date is a row with a title alone, so that it is told as one without a date.
    """
    year, begun, rows = None, 0, []
    month: int | None = None
    for line in filter(str.strip, lines):
        text = _BULLET.sub("", line).strip()
        dated = _dated(text, Hint(year, month))
        if dated is not None:
            row = _row(*dated)
            if row is None:
                return []
            rows.append(
                row if re.search(r"(?:19|20)\d\d", row["Date"]) or year is None else {**row, "Année": str(year)}
            )
            begun += 1
        elif date_hints.month_and_year(text)[1] and not rows:
            month, year = date_hints.month_and_year(text)
        elif rows:
            rows.append({"Titre": text})
    is_list = begun >= FEWEST and begun * 2 > len(rows)
    return rows if is_list else []


def _dated(text: str, hint: Hint) -> tuple[str, str, str] | None:
    """Return the date at the head of a line, the separator after it, and the rest; None if it has none that is wholly understood."""
    longest_head = None
    if not _HEAD.match(text):
        return None
    for separator in list(_SEPARATOR.finditer(text))[:_MOST_PARTS]:
        date = text[: separator.start()]
        sessions, left = date_text.parse(date, hint=hint)
        if sessions and not left:  # the longest head is taken: « mardi 3 novembre, 14h »
            longest_head = (date, separator[0].strip(), text[separator.end() :].strip())
    return longest_head


def date_and_rest(text: str) -> tuple[str, str, str] | None:
    """Return the date that a text begins with, its first day (ISO), and what follows; None if it has none with its year."""
    dated = _dated(f"{text} |  ", Hint(None, None))
    if dated is None:
        return None
    sessions, _left = date_text.parse(dated[0])
    return (dated[0], sessions[0][0].iso[:10], dated[2].removesuffix("|").strip()) if sessions else None


def ends_in_town(text: str) -> bool:
    """Tell whether the last part of a text is a town: « Halles, Rennes »."""
    parts = list(_SEPARATOR.finditer(text))
    return len(parts) < _MOST_PARTS and _is_town(text[parts[-1].end() :] if parts else text)


def _row(date: str, separator: str, rest: str) -> Row | None:
    """Return what follows a date as a place and a title; None if it is not sure which is which."""
    parts = list(_SEPARATOR.finditer(rest))
    if not parts:
        return {"Date": date, "Titre": rest} if rest and not _is_town(rest) else None
    first, last = rest[: parts[0].start()], rest[parts[-1].end() :]
    is_first, is_last = _is_town(first), _is_town(last)
    if is_first and not is_last:
        return _placed(date, rest[parts[0].end() :], first, "")
    if is_last and not is_first:
        return _placed(date, rest[: parts[-1].start()], last, "")
    if not is_first and len(parts) == 1 and parts[0][0].strip() == ":" and separator != ":":
        return _placed(date, last, "", first)  # « salle des fêtes : Atelier »
    return None


def _placed(date: str, title: str, town: str, venue: str) -> Row | None:
    title = title.strip(' «»"')
    return {"Date": date, "Titre": title, "Ville": town, "Lieu": venue} if re.search(r"[^\W\d]", title) else None


def _is_town(text: str) -> bool:
    return named_places.is_commune(_NUMBER_OF_PLACE.sub("", text))


def text_rows(content: bytes) -> Iterator[Row]:
    """Yield the rows of a text of sentences; none where a separator of tables stands in it, or commas do as in a table with a head."""
    text = content.decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if not re.search(r"[;\t]", text) and not _is_table(lines):
        yield from rows_of(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Whether lines have all the same number of commas, the first of them being no event, or that one names columns."""
    if lines and columns.recognised(lines[0].split(",")):
        return True
    n_commas = {line.count(",") for line in lines}
    return n_commas != {0} and len(n_commas) == 1 and not _HEAD.match(_BULLET.sub("", lines[0]))
