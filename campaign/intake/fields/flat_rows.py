"""Objects of JSON as rows of a table: keys of inner objects joined, lists and wrapped values in one cell."""

import ast
import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from campaign.core.settings import PARIS

_BEGINS: Final = (
    "begins_at", "begin", "begins", "start", "starts_at", "start_at", "startDate", "start_date", "debut", "date_debut", "start_time",
    "startTime", "heure_debut", "from", "value", "beginningDatetime", "startDateTime", "start_datetime", "startsAt", "beginsOn",
)  # fmt: skip
_ENDS: Final = (
    "ends_at", "end_at", "finish_at", "end", "ends", "endDate", "end_date", "fin",
    "date_fin", "end_time", "endTime", "heure_fin", "to", "end_value", "value2", "endDatetime", "endDateTime", "end_datetime", "endsAt",
    "endsOn",
)  # fmt: skip

_WRAPPINGS: Final = (
    "attributes",
    "fields",
    "node",
    "acf",
    "_source",
    "_embedded",
)  # in which programs put what a record holds
TOWNS: Final = {"city", "ville", "commune", "locality", "addressLocality", "town"}
_DAYS: Final = ("date", "day", "jour")
_HOURS: Final = ("hours", "times", "horaires", "heures", "hour", "time", "horaire", "heure")
_PARTS: Final = ("year", "month", "day", "hour", "minute")
_LONGEST_PERIOD: Final = 100  # days
_FIRST, _LAST = 1_200_000_000, 2_200_000_000  # seconds since 1970, from 2008 on
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")

Row = dict[str, str]


def flat(item: Any, prefix: str = "") -> Row:
    """Return an object as one row of texts: keys of inner objects are joined by « _ », lists by « | »."""
    row: Row = {}
    for key, value in item.items() if isinstance(item, dict) else ():
        name = f"{prefix}{key}"
        match value:
            case None:
                row[name] = ""
            case bool():  # a status that is true or false is that of a page
                row["publié" if name == "status" else name] = "oui" if value else "non"
            case float() if value != value:  # NaN of a data frame
                row[name] = ""
            case dict() if value and all(isinstance(k, str) and _LANGUAGE.fullmatch(k) for k in value):
                french = next((each for k, each in value.items() if k.startswith("fr")), next(iter(value.values())))
                row[name] = flat({"x": french})["x"]
            case dict() if name.rsplit("_", 1)[-1] in TOWNS and isinstance(value.get("name"), str):
                row[name] = value["name"]
            case dict() if (held := _property(value)) is not None:
                row |= flat({name: held})
            case dict() if (wrapped := _wrapped(value)) is not None:
                row[name] = wrapped
            case dict() if value.get("type") == "Point" and len(places := points(value.get("coordinates"))) == 1:
                row |= {f"{name}_longitude": str(places[0][0]), f"{name}_latitude": str(places[0][1])}
            case dict() if key in _WRAPPINGS:
                row |= {each: text for each, text in flat(value, prefix).items() if each not in row}
            case dict():
                row |= flat(value, f"{name}_")
            case list() if _holds_value(value):
                row |= flat({key: value[0]["value"]}, prefix)
            case list() if moment := _moment(value):
                row[name] = moment
            case list() if epochs := _epochs(name, value):
                row[name] = epochs
            case list() if value and (slots := slots_of(value)):
                row[name] = slots
            case list() if value and all(isinstance(each, dict) and TOWNS & set(each) for each in value):
                row |= _of_places(name.removesuffix("s"), value)
            case list() if value and all(isinstance(each, dict) for each in value):
                names = [_name(each, str(key)) for each in value]
                row[name] = " | ".join(filter(None, names)) or json.dumps(value, ensure_ascii=False)
            case list():
                row[name] = " | ".join(str(each) for each in value if each is not None)
            case _:
                row[name] = str(value)
    return row


def _of_places(name: str, places: list[dict[str, Any]]) -> Row:
    """Return what a list of places says, as of one place; different ones stand in one cell, where they are told."""
    texts: dict[str, dict[str, None]] = {}
    for key, text in (pair for place in places for pair in flat(place, f"{name}_").items()):
        texts.setdefault(key, {})[text] = None
    return {key: " | ".join(filter(None, each)) for key, each in texts.items()}


def _property(value: dict[str, Any]) -> Any:
    """Return what a property of Notion holds, « {"type": "date", "date": { … }} »: its texts joined, what was chosen; None for another."""
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in value or not set(value) <= {"id", "name", "type", kind}:
        return None
    held = value[kind]
    if isinstance(held, list) and held and all(isinstance(each, dict) and "plain_text" in each for each in held):
        return "".join(str(each["plain_text"]) for each in held)
    if kind == "date" and isinstance(held, dict):
        return [held]  # a list of sessions
    if kind in ("select", "status") and isinstance(held, dict):
        return held.get("name") or ""
    return "" if held is None else held


def _holds_value(value: list[Any]) -> bool:
    """Tell whether a list is one of Drupal's fields, « [{"value": … }] », and no span of dates."""
    return len(value) == 1 and isinstance(value[0], dict) and "value" in value[0] and not set(_ENDS) & value[0].keys()


def points(coordinates: Any) -> list[tuple[Any, Any]]:
    """Return the points of GeoJSON's coordinates, longitude first, however many lists a program put around them."""
    if not isinstance(coordinates, list):
        return []
    if len(coordinates) >= 2 and not any(isinstance(each, list | dict) for each in coordinates):
        return [(coordinates[0], coordinates[1])]
    return [point for each in coordinates for point in points(each)]


def _wrapped(value: dict[str, Any]) -> str | None:
    """Return the one value that an object wraps: a text and the same in HTML, an instant on several clocks; None for another."""
    if "html" in value and isinstance(value.get("text"), str) and len(value) == 2:
        return str(value["text"])
    if list(value) == ["text"] and isinstance(value["text"], str):
        return str(value["text"])
    if isinstance(value.get("millis"), int):
        return str(value["millis"])
    if isinstance(value.get("rendered"), str):
        return str(value["rendered"])
    if {"year", "month", "day"} <= set(value):
        return _moment([value[part] for part in _PARTS if part in value]) or None
    if {"hour", "minute"} <= set(value) <= {"hour", "minute", "second", "nano"} and all(
        type(n) is int for n in value.values()
    ):
        return f"{value['hour']:02}:{value['minute']:02}"
    if {"date", "timezone_type", "timezone"} == set(value):  # of PHP
        return _of_zone(str(value["date"]), str(value["timezone"]))
    if len(value) == 3 and {"date", "time"} < set(value) and (zone := value.get("tz") or value.get("timezone")):
        return _of_zone(f"{value['date']}T{value['time']}", str(zone))
    if set(value) == {"dateTime", "timeZone"} and isinstance(value["dateTime"], str):
        return _of_zone(value["dateTime"], str(value["timeZone"]))
    if {"local", "utc"} <= set(value) and isinstance(value["utc"], str):
        return str(value["utc"])
    return None


def _moment(parts: list[Any]) -> str:
    """Return the moment of year, month, day, and perhaps hour and minute, as numbers; "" if they are no such."""
    if not (3 <= len(parts) <= 7 and all(type(part) is int for part in parts) and 1990 <= parts[0] <= 2100):
        return ""
    try:
        moment = datetime(*parts[:5])  # noqa: DTZ001 - on the wall
    except ValueError:
        return ""
    return moment.isoformat(timespec="minutes") if len(parts) > 3 else moment.date().isoformat()


def _of_zone(moment: str, zone: str) -> str | None:
    """Return a moment of Outlook's interface with the offset of the zone beside it; None for a zone that nobody knows."""
    from campaign.intake.dates import ics_zones

    if re.search(r"(?:Z|[+-]\d\d:?\d\d)$", moment):
        return moment
    try:
        there = datetime.fromisoformat(moment[:19]).replace(tzinfo=ZoneInfo(ics_zones.resolve(zone) or zone))
    except (ValueError, KeyError, OSError):
        return None
    return there.isoformat()


def _name(item: dict[str, Any], key: str) -> str:
    """Return what an object of a list is called: its name, or the only text that it holds, « organizer » of « organizers »."""
    texts = [value for value in item.values() if isinstance(value, str) and value.strip()]
    names = ("name", "label", "title", key, key.removesuffix("s"))
    given = next((item[name] for name in names if item.get(name)), None)
    return str(given if given is not None else texts[0] if len(texts) == 1 else "")


def slots_of(value: list[Any]) -> str:
    """Return a list of sessions, whatever their keys are called, as « begin -> end | … »; "" if it is none."""
    slots = []
    for each in value:
        if not isinstance(each, dict):
            return ""
        if each.get("dateDebut"):
            of_period = _of_period(each)
            if not of_period:
                return ""
            slots += of_period
            continue
        begins, ends = (next((str(each[key]) for key in keys if each.get(key)), "") for keys in (_BEGINS, _ENDS))
        day = next((str(each[key]) for key in _DAYS if each.get(key)), "")
        if day and not begins and (hours := next((each[key] for key in _HOURS if each.get(key)), None)):
            of_day = _hours_on_day(day, hours)
            if not of_day:
                return ""
            slots += of_day
            continue
        begins, ends = _on_day(day, _of_seconds(begins), _of_seconds(ends))
        if not re.match(r"\d{4}-\d\d-\d\d", begins):
            return ""
        slots.append(f"{begins} -> {ends}" if ends else begins)
    return " | ".join(slots)


def _of_seconds(written: str) -> str:
    """Return a number of seconds or milliseconds since 1970 as a moment in ISO 8601; another text as it is."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?", written):
        return written
    seconds = int(written[:10])
    return datetime.fromtimestamp(seconds, PARIS).isoformat() if _FIRST < seconds < _LAST else written


def slots_in(text: str) -> str:
    """Return the sessions that a cell holds as a program's list or object, « {'start': …, 'end': …} »; "" if it is none."""
    for parsed in (json.loads, ast.literal_eval):
        try:
            value = parsed(text)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):  # TypeError: « {[1]: 2} »
            continue
        return slots_of(value if isinstance(value, list) else [value])
    return ""


def _of_period(period: dict[str, Any]) -> list[str]:
    """Return the sessions of a period of Apidae, whose hours are those of each of its days; none where it leaves days out."""
    if any(
        period.get(key) for key in ("ouverturesJournalieres", "ouverturesExceptionnelles", "fermeturesHebdomadaires")
    ):
        return []
    first, opens, closes = (str(period.get(key) or "") for key in ("dateDebut", "horaireOuverture", "horaireFermeture"))
    last = str(period.get("dateFin") or first)
    try:
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return []
    if not opens or (closes and closes <= opens):
        return [] if opens or closes else [f"{first} -> {last}" if last > first else first]
    days = [(begins + timedelta(days=n)).isoformat() for n in range((ends - begins).days + 1)]
    if len(days) > _LONGEST_PERIOD:
        return []
    return [f"{day}T{opens[:5]} -> {day}T{closes[:5]}" if closes else f"{day}T{opens[:5]}" for day in days]


def _epochs(name: str, value: list[Any]) -> str:
    """Return what a list of one or two numbers of seconds says of a date: an instant, or the first and the last."""
    is_of_one = name.rsplit("_", 1)[-1].lower() in _DAYS
    if not (is_of_one and 1 <= len(value) <= 2 and all(type(each) is int and _FIRST < each < _LAST for each in value)):
        return ""
    if len(value) == 1:
        return str(value[0])
    moments = [datetime.fromtimestamp(each, PARIS) for each in value]
    if any(moment.time() != time() for moment in moments):
        return "/".join(moment.isoformat() for moment in moments)
    return " -> ".join(moment.date().isoformat() for moment in moments)


def _on_day(day: str, begins: str, ends: str) -> tuple[str, str]:
    """Return beginning and end of a session whose day stands beside its hours; as they are where they say days themselves."""
    clock = r"[0-2]\d:[0-5]\d(?::[0-5]\d)?"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or not re.fullmatch(rf"(?:{clock})?", begins):
        return begins, ends
    if not begins:
        return ("", "") if ends else (day, "")
    if ends and not (re.fullmatch(clock, ends) and ends > begins):
        return "", ""
    return f"{day}T{begins}", f"{day}T{ends}" if ends else ""


def _hours_on_day(day: str, hours: Any) -> list[str]:
    """Return the sessions of a day whose hours stand beside it in one text or several; none where they are not all understood."""
    from campaign.intake.dates import date_text

    slots = []
    for text in hours if isinstance(hours, list) else [hours]:
        sessions, left = date_text.parse(f"{day}, {text}")
        if left or not all(begins.hour for begins, _ in sessions):
            return []
        slots += [f"{begins.iso} -> {ends.iso}" if ends else begins.iso for begins, ends in sessions]
    return slots
