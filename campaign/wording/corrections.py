"""What a correction says: fields, values, and whether it still has an object."""

from datetime import date, datetime
from typing import Final

from campaign.core.language import _, mark
from campaign.wording import dates, fields
from campaign.wording.numbers import missing
from campaign.wording.quantities import listed

# The fields that people correct, by what a column of them is called.
FIELDS: Final = {
    "type": fields.NAMES["type"],
    "place": mark("Lieu"),
    "dates": mark("Dates"),
    "organiser": fields.NAMES["organiser"],
}
STATES: Final = {
    "applied": mark("vaut"),
    "redundant": mark("vaut ; la source dit maintenant la même chose"),
    "changed": mark("vaut ; la source a changé depuis"),
    "gone": mark("sans objet : la source n'a pas cet événement"),
}
_MOST_SESSIONS: Final = 3


def field(name: str) -> str:
    """Return what a corrected field is called."""
    return _(FIELDS[name])


def state(code: str) -> str:
    """Return whether a correction is applied, and whether its source still says what it corrects."""
    return _(STATES[code])


def value(name: str, written: str | None) -> str:
    """Return the value of a correction as a person reads it: days in words, the parts of a place in a row."""
    if not written:
        return missing()
    if name == "place":
        return ", ".join(part for part in written.split(" | ") if part)
    if name != "dates":
        return written
    slots = written.split(" | ")
    texts = [_session(slot) for slot in slots[:_MOST_SESSIONS]]
    if len(slots) > _MOST_SESSIONS:
        texts.append(_("{n} autres", n=len(slots) - _MOST_SESSIONS))
    return listed(texts)


def _session(slot: str) -> str:
    begins, _arrow, ends = slot.partition(" -> ")
    if len(begins) == len("2026-11-05"):
        first, last = date.fromisoformat(begins), date.fromisoformat((ends or begins)[:10])
        return dates.period(first, last)
    begun = datetime.fromisoformat(begins)
    ended = datetime.fromisoformat(ends) if len(ends) > len("2026-11-05") else None
    return dates.session(begun, ended)
