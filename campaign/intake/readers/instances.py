"""Sessions of a series that a calendar's interface lists beside it: one is cancelled, another moved. Google's, Outlook's.

« {"id": "a_20141113", "recurringEventId": "a", "originalStartTime": { … }, "status": "cancelled"} »
"""

from datetime import UTC, datetime
from typing import Any, Final

from campaign.core.settings import PARIS
from campaign.intake.readers import recurrences

_SERIES: Final = ("recurringEventId", "seriesMasterId")
_ORIGINALS: Final = ("originalStartTime", "originalStart")
_SAME: Final = (
    "summary",
    "subject",
    "location",
)  # what makes a moved session one of its series, and no event of its own
_STAMP: Final = "%Y%m%dT%H%M%SZ"

Item = dict[str, Any]


def joined(items: list[Item]) -> list[Item]:
    """Return events whose series lack the sessions that are listed beside them, and have those that are only moved.

    A session that stays an event of its own says no more where it was before.
    """
    series = {str(item["id"]): item for item in items if item.get("id") and item.get("recurrence")}
    changed: dict[str, Item] = {}
    others = []
    for item in items:
        number = next((str(item[key]) for key in _SERIES if item.get(key)), "")
        original = next((item[key] for key in _ORIGINALS if item.get(key)), None)
        if original is None:
            others.append(item)
            continue
        own = {key: value for key, value in item.items() if key not in _ORIGINALS}
        if number not in series:
            others.append(own)
            continue
        of_series = changed.get(number, series[number])
        of_series = {**of_series, "exdate": [*of_series.get("exdate", []), original]}
        moved = None if _is_cancelled(item) else _moved(item, of_series)
        if moved:
            of_series = {**of_series, "recurrence": [*of_series["recurrence"], moved]}
        elif not _is_cancelled(item):
            others.append(own)
        changed[number] = of_series
    return [changed.get(str(item.get("id")), item) for item in others]


def _is_cancelled(item: Item) -> bool:
    return item.get("status") == "cancelled" or item.get("isCancelled") is True


def _moved(item: Item, series: Item) -> str:
    """Return a session at another hour as a date of its series' rule; "" where it differs otherwise, or cannot be added to it."""
    if not isinstance(series["recurrence"], list) or any(item.get(key) not in (None, series.get(key)) for key in _SAME):
        return ""
    try:
        begins, ends = (recurrences.read_moment(item[side]) for side in ("start", "end"))
    except (KeyError, TypeError, ValueError):
        return ""
    if not (isinstance(begins, datetime) and isinstance(ends, datetime)):
        return ""
    sides = [(each if each.tzinfo else each.replace(tzinfo=PARIS)).astimezone(UTC) for each in (begins, ends)]
    return f"RDATE;VALUE=PERIOD:{sides[0]:{_STAMP}}/{sides[1]:{_STAMP}}"
