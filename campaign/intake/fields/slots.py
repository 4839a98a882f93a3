"""Sessions as programs write them: pairs of ISO 8601, « begin -> end | … », or the JSON that portals export."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from campaign.core.settings import PARIS
from campaign.intake.dates import date_text

Span = tuple[str, str | None]
Clocks = set[datetime]

_END_OF_DAY: Final = (time(23, 59), time(23, 59, 59))

_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:\s*(?:->|→|/|-|_)\s*(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?))?"
)
_PAIR: Final = re.compile(
    r"(\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)[\s,]+(\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)"
)


def read(text: str) -> tuple[list[Span], str]:
    """Return the sessions of a cell of ISO pairs, or of the JSON that portals export, and what is left of it."""
    if text.startswith("["):
        try:
            given = json.loads(text)
            return [(_written(slot["begin"]), _written(slot["end"]) if slot.get("end") else None) for slot in given], ""
        except (ValueError, TypeError, KeyError, AttributeError):
            return [], text
    text = _with_arrows(text)
    left = " ".join(re.sub(r"[\s|;,]+", " ", _SLOT.sub(" ", text)).split())
    return [(_written(begins), _written(ends) if ends else None) for begins, ends in _SLOT.findall(text)], left


def _with_arrows(text: str) -> str:
    """Return a list of two moments each, « 2014-11-05T18:30 2014-11-05T20:00;… », with the sign between begin and end."""
    parts = re.split(r"\s*[;|]\s*", text.strip(" ;|"))
    pairs = [_PAIR.fullmatch(part) for part in parts]
    if not all(pair and pair[1] < pair[2] for pair in pairs):
        return text
    return " | ".join(f"{pair[1]} -> {pair[2]}" for pair in pairs if pair)


def _written(text: str) -> str:
    """Return an instant as DuckDB reads it: with « T », and with seconds before an offset."""
    whole = text[:10] + "T" + text[11:] if len(text) > 10 else text
    return re.sub(r"(?<=T\d\d:\d\d)(?=Z$|[+-])", ":00", whole)


def uncovered(sessions: Sequence[Span], begins: str | None, ends: str | None) -> str:
    """Return the dates that stand beside a list of sessions, as they are written, if the sessions are not within them.

    Those of the first and last session are, and those of one of them (the next one, in what programs export): "" then, and
    where nothing is understood of them.
    """
    if not (begins or ends) or not sessions or _are_sides(sessions, begins, ends):
        return ""
    first, last = _moment(begins), _moment(ends)
    if (first is None and last is None) or not all(_is_moment(text) for each in sessions for text in each if text):
        return ""
    in_order = sorted(sessions, key=lambda session: _sorted_by(session[0]))
    latest = max(sessions, key=lambda session: _sorted_by(session[1] or session[0]))
    if _is_begin(first, in_order[0]) and _is_end(last, latest):
        return ""
    if first is not None and any(_is_begin(first, session) and _is_end(last, session) for session in sessions):
        return ""
    return " -> ".join(filter(None, (begins, ends)))


def _are_sides(sessions: Sequence[Span], begins: str | None, ends: str | None) -> bool:
    """Tell whether moments are those of the first and the last session, as they are written or as instants: so it is in most rows."""
    first, last = sessions[0][0], sessions[-1][1] or sessions[-1][0]
    if all(not outer or own.startswith(_written(outer)) for outer, own in ((begins, first), (ends, last))):
        return True
    try:
        return all(
            outer is None or datetime.fromisoformat(outer) == datetime.fromisoformat(own)
            for outer, own in ((begins, first), (ends, last))
        )
    except ValueError:
        return False


def _moment(text: str | None) -> str | None:
    """Return the one moment that a text gives, in ISO 8601; None if it gives none or more."""
    if not text or not re.match(r"\d{4}-\d\d-\d\d", text):
        read_sessions, left = date_text.parse(text or "")
        is_one = len(read_sessions) == 1 and read_sessions[0][1] is None and not left
        return read_sessions[0][0].iso if is_one else None
    return text if _is_moment(text) else None


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sorted_by(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment


def _clocks(text: str, *, is_in_zone: bool) -> Clocks:
    """Return what clocks show at a moment: those of Paris, and, unless its zone is to count, those where it was written."""
    moment = datetime.fromisoformat(text)
    written = moment.replace(tzinfo=None)
    of_paris = written if moment.tzinfo is None else moment.astimezone(PARIS).replace(tzinfo=None)
    return {of_paris} if is_in_zone else {of_paris, written}


def _pair(one: str, other: str) -> tuple[Clocks, Clocks]:
    are_zoned = all(datetime.fromisoformat(text).tzinfo for text in (one, other))
    return _clocks(one, is_in_zone=are_zoned), _clocks(other, is_in_zone=are_zoned)


def _days(clocks: Clocks) -> set[date]:
    return {clock.date() for clock in clocks}


def _is_begin(outer: str | None, session: Span) -> bool:
    if outer is None:
        return True
    given, own = _pair(outer, session[0])
    if len(outer) == 10 or any(clock.time() == time() for clock in given):
        return bool(_days(given) & _days(own))
    return bool(given & own) and len(session[0]) > 10


def _is_end(outer: str | None, session: Span) -> bool:
    if outer is None:
        return True
    given, own = _pair(outer, session[1] or session[0])
    days = _days(own) | _days(_pair(outer, session[0])[1])
    is_midnight = len(outer) > 10 and any(clock.time() == time() for clock in given)
    if len(outer) == 10 or is_midnight or any(clock.time() in _END_OF_DAY for clock in given):
        before = {day - timedelta(days=1) for day in _days(given)} if is_midnight else set()
        return bool((_days(given) | before) & days)
    if session[1] is None or len(session[1]) == 10:
        return bool(_days(given) & days)
    return bool(given & own)
