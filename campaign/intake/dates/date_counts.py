"""How many days or sessions a text announces before it lists them: « Trois dates : 4, 12 et 20 novembre », « Deux séances : … »."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from campaign.intake.dates.moments import Session

_NUMBERS: Final = ("", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_WORDS: Final = (
    "dates|seances|sessions|jours|journees|soirees|matinees|apresmidis?|rendez[ -]vous|rdv|representations|rencontres|creneaux|ateliers"
    "|visites|departs|passages|conferences|projections|spectacles|concerts|horaires"
)
_ANNOUNCED: Final = re.compile(
    rf"(?:(?:(?:un )?(?:cycle|serie|programme|parcours) (?:de |en )|en |sur |les |nos )?"
    rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS[2:])}|plusieurs)"
    rf" (?:{_WORDS})"
    rf"(?: ?[:,] ?| ?(?P<open>\() ?| (?=les? |du |a \d|de \d))|(?:les |nos )?(?:{_WORDS})(?: et (?:{_WORDS}))? ?: ?)"
)


class Announcement(NamedTuple):
    """What a text announces: how many, None where it does not say; as written; and the text behind it."""

    number: int | None
    written: str
    rest: str


def announced(words: str) -> Announcement | None:
    """Return what a text announces; None if it begins with what it lists."""
    match = _ANNOUNCED.match(words)
    if match is None:
        return None
    rest, number = words[match.end() :], match["number"] or ""
    if match["open"]:
        rest = f"({rest}" if ")" not in rest else rest.replace(")", " ", 1)
    count = int(number) if number.isdigit() else _NUMBERS.index(number) if number in _NUMBERS[2:] else None
    return Announcement(count, match[0].strip(" :,("), rest)


def is_number_of(announcement: Announcement, sessions: Sequence[Session]) -> bool:
    """Tell whether as many sessions, or days, are listed as a text announces."""
    days = {
        begins.day + timedelta(days=n)
        for begins, ends in sessions
        for n in range(max(0, min(((ends or begins).day - begins.day).days, 31)) + 1)
    }
    return announcement.number in (None, len(sessions), len(days))
