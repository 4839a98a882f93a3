"""Objects of programs that say a thing twice, or apart from where it belongs: what of it is the event's own."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from campaign.intake.fields import columns, flat_rows

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?)?")
_DAY_ALONE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")
_OF_GREENWICH: Final = re.compile(r"(\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::00(?:\.0+)?)?)(?:Z|\+00:?00)")
_CLOCK: Final = re.compile(r"(\d\d:\d\d)(?::00)?")
_DOORS: Final = frozenset({"openingtimes", "openingTimes", "opening_times", "doors", "doortimes", "doorTimes"})

Item = dict[str, Any]


def own(item: Item) -> Item:
    """Return an object with what is its event's own: not the dates of its page, the first of its series, the seat of who announces it."""
    return _on_each_day(_on_the_wall(_at_its_place(_of_occurrence(_published(item)))))


def _published(item: Item) -> Item:
    """Return an event of WordPress, whose « date » is when its page was published, and which says its own moments again in Greenwich's."""
    title = item.get("title")
    is_page = bool({"date_gmt", "date_utc"} & set(item)) or (isinstance(title, dict) and "rendered" in title)
    if "date" not in item or not is_page:
        return item
    added = fields if isinstance(fields := item.get("acf"), dict) else {}  # fields that a site adds
    names = {"date": "created_at", "modified": "updated_at"}
    again = {"date_gmt", "date_utc", "modified_gmt", "modified_utc"}
    again |= {name for key in item for name in (f"utc_{key}", f"{key}_details") if name in item}
    published = {names.get(key, key): value for key, value in item.items() if key not in again and key != "acf"}
    return {**published, **added}


def _of_occurrence(item: Item) -> Item:
    """Return « {"base": { … }, "calculated": { … }} » as the first with the dates of the second: those of this occurrence of a series."""
    series, occurrence = item.get("base"), item.get("calculated")
    if not (isinstance(series, dict) and isinstance(occurrence, dict)):
        return item
    return {**{key: value for key, value in item.items() if key not in ("base", "calculated")}, **series, **occurrence}


def _at_its_place(item: Item) -> Item:
    """Return an event whose « place » is in another town than its « venue » at its place: the other is the seat of who announces it."""
    place, seat = item.get("place"), item.get("venue")
    if not (isinstance(place, dict) and isinstance(seat, dict)):
        return item
    town, other = _towns(place), _towns(seat)
    if not town or not other or town == other:
        return item
    named = {} if any(columns.field_of(key) == "organiser" for key in item) else {"organisateur": seat.get("name")}
    return {**{key: value for key, value in item.items() if key != "venue"}, **named}


def _towns(place: Item) -> set[str]:
    row = flat_rows.flat(place)
    return {text for key, text in row.items() if text and key.rsplit("_", 1)[-1] in flat_rows.TOWNS}


def _on_the_wall(item: Item) -> Item:
    """Return moments without Greenwich's zone where the hours at which doors open and close are those that they show."""
    if not _DOORS & item.keys():
        return item
    doors = [value for key in _DOORS if isinstance(value := item.get(key), dict)]
    clocks = {
        match[1]
        for each in doors
        for text in each.values()
        if isinstance(text, str) and (match := _CLOCK.fullmatch(text))
    }
    moments = {key: match for key, text in item.items() if (match := _OF_GREENWICH.fullmatch(str(text)))}
    sides = {key: match for key, match in moments.items() if columns.field_of(key) in ("begins", "ends")}
    if not sides or not {match[2] for match in sides.values()} <= clocks:
        return item
    return {**item, **{key: match[1] for key, match in sides.items()}}


def _on_each_day(item: Item) -> Item:
    """Return the days that an object lists as sessions, at the hour of the moment beside them that begins on the first.

    A length may stand beside them as hours and minutes.
    """
    days, moment = item.get("dates"), item.get("datetime")
    if not (isinstance(days, list) and days and isinstance(moment, str) and _MOMENT.fullmatch(moment)):
        return item
    if not all(isinstance(day, str) and _DAY_ALONE.fullmatch(day) for day in days) or days[0] != moment[:10]:
        return item
    numbers = [item.get(name) for name in ("hours", "minutes")]
    is_long = all(type(number) is int for number in numbers)
    length = timedelta(hours=numbers[0] or 0, minutes=numbers[1] or 0) if is_long else timedelta()
    begins = [datetime.fromisoformat(f"{day}T{moment[11:]}") for day in days]
    used = {"dates", "datetime", *(("hours", "minutes") if is_long else ())}
    sessions = [
        f"{each.isoformat()} -> {(each + length).isoformat()}" if length else each.isoformat() for each in begins
    ]
    return {**{key: value for key, value in item.items() if key not in used}, "horaires iso": " | ".join(sessions)}


def last_day(item: Item) -> Item:
    """Return an event of a calendar's interface with its last day: « start.date » and « end.date » are days, the end exclusive.

    So it is in a calendar of web pages where « allDay » stands beside days.
    """
    begins, ends = item.get("start"), item.get("end")
    if item.get("allDay") is True and all(isinstance(side, str) and _DAY.fullmatch(side) for side in (begins, ends)):
        day = last_day({"start": {"date": str(begins)[:10]}, "end": {"date": str(ends)[:10]}})
        return {**item, "start": str(begins)[:10], "end": day["end"]["date"]}
    if not (isinstance(begins, dict) and isinstance(ends, dict) and begins.get("date") and ends.get("date")):
        return item
    try:
        first, after = (date.fromisoformat(str(side["date"])) for side in (begins, ends))
    except ValueError:
        return item
    return {**item, "end": {"date": max(first, after - timedelta(days=1)).isoformat()}}
