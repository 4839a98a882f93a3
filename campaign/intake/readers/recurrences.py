"""Objects of JSON that repeat, with their sessions: rules of iCalendar, of a calendar in web pages, of Outlook's interface.

The rule is put into an event of iCalendar, which knows how to bound and expand it.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from campaign.core.settings import PARIS
from campaign.intake.dates import ics_zones, lengths

_RULES: Final = frozenset(
    {"rrule", "recurrence", "recurring", "repeat", "daysOfWeek", "dow", "recurrenceRules", "recurrenceRule"}
)
_DATES: Final = frozenset(
    {"start", "end", "startTime", "endTime", "startRecur", "endRecur", "duration", "exdate", "recurrenceOverrides"}
)
_OF_WEEK: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # weeks of a calendar in web pages begin on Sunday
_FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")  # as rrule.js numbers them
_WHICH: Final = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "-1"}
_AS_THEY_ARE: Final = ("interval", "count", "bymonthday", "bymonth", "bysetpos")
_OF_JSCALENDAR: Final = {
    "frequency": "freq", "interval": "interval", "count": "count", "until": "until", "byDay": "byweekday", "byMonth": "bymonth",
    "byMonthDay": "bymonthday", "bySetPosition": "bysetpos", "firstDayOfWeek": "wkst",
}  # fmt: skip
_LINE: Final = re.compile(r"(?i)\s*(DTSTART|RRULE|EXDATE|RDATE)((?:;[^:]*)?):(.+)")
_OFTEN: Final = re.compile(r"(?i)(?:bi-?)?(?:daily|weekly|monthly|yearly)|every \w+")
_CLOCK: Final = re.compile(r"\d\d?:\d\d(?::\d\d)?")

Item = dict[str, Any]


@dataclass
class _Repeat:
    """When the first session begins and how long each lasts, and what is said of the others, as properties of iCalendar."""

    begins: date
    length: timedelta | None
    lines: list[str] = field(default_factory=list)

    def event(self) -> str:
        """Return it as an event of iCalendar."""
        ends = [f"DTEND{_property(self.begins + self.length)}"] if self.length else []
        return "\r\n".join(
            ["BEGIN:VEVENT", "UID:rule", f"DTSTART{_property(self.begins)}", *ends, *self.lines, "END:VEVENT", ""]
        )


def unrolled(item: Item) -> Item:
    """Return an object with its sessions in place of a rule; as it is, if it has none.

    A rule that is not understood, or goes on beyond a year, follows the sessions as it is written: whoever reads these tells it.
    """
    if not _RULES & item.keys():
        return item
    try:
        repeat = _of_weekdays(item) or _of_outlook(item) or _of_jscalendar(item) or _of_rule(item)
        sessions = _sessions(repeat) if repeat else ""
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return _in_words(item)
    if not sessions:
        return _in_words(item)
    return {**{key: value for key, value in item.items() if key not in _RULES | _DATES}, "horaires iso": sessions}


def _in_words(item: Item) -> Item:
    """Return an object with how often it repeats as one word, where its rule is an object that says no more that is understood."""
    rules = [value for key in _RULES if isinstance(value := item.get(key), dict)]
    words = [str(text) for rule in rules for text in rule.values() if _OFTEN.fullmatch(str(text))]
    return (
        {**{key: value for key, value in item.items() if key not in _RULES}, "recurrence": words[0]} if words else item
    )


def _sessions(repeat: _Repeat) -> str:
    """Return the sessions of a rule as « begin -> end | … »; the rule follows where there are more."""
    import icalendar  # only here: few objects repeat

    from campaign.intake.calendars import ics_fields, ics_moments, ics_series

    event = icalendar.Event.from_ical(ics_moments.plain(repeat.event()))
    if not isinstance(event, icalendar.Event) or event.errors:
        raise ValueError(repeat.lines)
    series = ics_series.expanded([event], event, None)
    spans = [" -> ".join(filter(None, span)) for span in ics_fields.written(series.sessions)]
    return " | ".join([*spans, *(repeat.lines if series.is_cut and spans else [])])


def _of_weekdays(item: Item) -> _Repeat | None:
    """Return « {"daysOfWeek": [1, 3], "startRecur": …, "endRecur": …, "startTime": … } », whose last day is the one before its end."""
    given = item.get("daysOfWeek", item.get("dow"))
    if not isinstance(given, list) or not given or not item.get("startRecur"):
        return None
    days = sorted(int(day) for day in given)
    first, last = date.fromisoformat(str(item["startRecur"])[:10]), None
    while (first.isoweekday() % 7) not in days:
        first += timedelta(days=1)
    if item.get("endRecur"):
        last = date.fromisoformat(str(item["endRecur"])[:10]) - timedelta(days=1)
        if last < first:
            raise ValueError(last)
    opens, closes = (str(item.get(key) or "") for key in ("startTime", "endTime"))
    begins: date = datetime.fromisoformat(f"{first}T{opens.zfill(5)}") if _CLOCK.fullmatch(opens) else first
    length = _length(item.get("duration"))
    if closes and isinstance(begins, datetime):
        length = (datetime.fromisoformat(f"{first}T{closes.zfill(5)}") - begins) % timedelta(days=1)
    until = f";UNTIL={last:%Y%m%d}" if last else ""
    rule = f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_OF_WEEK[day] for day in days)}{until}"
    return _Repeat(begins, length, [rule, *_left_out(item.get("exdate"), begins)])


def _of_outlook(item: Item) -> _Repeat | None:
    """Return « {"recurrence": {"pattern": { … }, "range": { … }}} » of Outlook's interface."""
    given = item.get("recurrence")
    if not isinstance(given, dict) or not isinstance(given.get("pattern"), dict):
        return None
    pattern, bounds = given["pattern"], given["range"]
    kind = str(pattern["type"])
    frequency = next(name for name in _FREQUENCIES if kind.upper().endswith(name))
    parts = [f"FREQ={frequency}", f"INTERVAL={int(pattern.get('interval') or 1)}"]
    days = ",".join(
        (_WHICH[str(pattern["index"])] if kind.startswith("relative") else "") + str(day)[:2].upper()
        for day in pattern.get("daysOfWeek") or []
    )
    if days and not kind.startswith("absolute"):
        parts += [f"BYDAY={days}", f"WKST={str(pattern.get('firstDayOfWeek') or 'monday')[:2].upper()}"]
    if frequency == "YEARLY":
        parts.append(f"BYMONTH={int(pattern['month'])}")
    if kind.startswith("absolute"):
        parts.append(f"BYMONTHDAY={int(pattern['dayOfMonth'])}")
    if bounds["type"] == "endDate":
        parts.append(f"UNTIL={date.fromisoformat(bounds['endDate']):%Y%m%d}")
    elif bounds["type"] == "numbered":
        parts.append(f"COUNT={int(bounds['numberOfOccurrences'])}")
    begins, ends = (read_moment(item[side], is_day=item.get("isAllDay") is True) for side in ("start", "end"))
    return _Repeat(begins, ends - begins, [f"RRULE:{';'.join(parts)}", *_left_out(item.get("exdate"), begins)])


def _of_jscalendar(item: Item) -> _Repeat | None:
    """Return « {"recurrenceRules": [{"frequency": "weekly", …}], "recurrenceOverrides": { … }} » of a calendar in JSON (RFC 8984)."""
    rules = _listed(item.get("recurrenceRules", item.get("recurrenceRule")))
    if not rules or not all(isinstance(rule, dict) for rule in rules):
        return None
    if item.get("excludedRecurrenceRules"):
        raise ValueError(item["excludedRecurrenceRules"])
    zone = item.get("timeZone")
    begins = read_moment({"dateTime": item["start"], "timeZone": zone})
    lines = [f"RRULE:{_of_parts(_as_rule(rule))}" for rule in rules]
    for moment, change in (item.get("recurrenceOverrides") or {}).items():
        named = read_moment({"dateTime": moment, "timeZone": zone})
        if change and change.get("excluded") is not True:
            raise ValueError(change)  # an instance of its own
        lines.append(f"{'EXDATE' if change else 'RDATE'}{_property(named)}")
    return _Repeat(begins, _length(item.get("duration")), lines)


def _as_rule(rule: Item) -> Item:
    """Return a rule of RFC 8984 with the names that rrule.js gives its parts; raises KeyError for one that it has no name for."""
    named = {_OF_JSCALENDAR[key]: value for key, value in rule.items() if key != "@type"}
    days = [f"{day.get('nthOfPeriod', '')}{day['day']}" for day in _listed(named.get("byweekday"))]
    return {**named, "byweekday": days}


def _of_rule(item: Item) -> _Repeat | None:
    """Return a rule of iCalendar, as lines or as an object of its parts, of an object that says when it begins."""
    lines = _lines(item)
    if not lines:
        return None
    written = {name.upper(): (params, value) for name, params, value in lines}
    if "RRULE" not in written and "RDATE" not in written:
        return None
    begins = read_moment(written["DTSTART"][1] if "DTSTART" in written else item["start"])
    length = _length(item.get("duration"))
    if item.get("end") and length is None and "DTSTART" not in written:
        length = read_moment(item["end"]) - begins
    rules = [f"{name.upper()}{params}:{value.strip()}" for name, params, value in lines if name.upper() != "DTSTART"]
    rules = [_in_zone(rule, begins) for rule in rules]
    return _Repeat(begins, length, [*rules, *_left_out(item.get("exdate"), begins)])


def _lines(item: Item) -> list[tuple[str, str, str]]:
    """Return the properties of a rule: name, parameters and value."""
    rule, listed = item.get("rrule"), item.get("recurrence")
    if isinstance(rule, dict):
        starts = [("DTSTART", "", str(rule["dtstart"]))] if rule.get("dtstart") else []
        return [*starts, ("RRULE", "", _of_parts(rule))]
    texts = rule.replace("\\n", "\n").splitlines() if isinstance(rule, str) else listed
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return []
    lines = [_LINE.fullmatch(text if ":" in text else f"RRULE:{text}") for text in texts]
    return [(line[1], line[2], line[3]) for line in lines if line]


def _of_parts(rule: Item) -> str:
    """Return the parts of a rule that rrule.js takes, as iCalendar writes them."""
    frequency = rule["freq"]
    name = _FREQUENCIES[frequency] if isinstance(frequency, int) else str(frequency).upper()
    parts = [f"FREQ={name}"]
    if rule.get("byweekday") not in (None, []):
        parts.append("BYDAY=" + ",".join(_weekday(day) for day in _listed(rule["byweekday"])))
    if rule.get("wkst") is not None:
        parts.append(f"WKST={_weekday(rule['wkst'])}")
    parts += [
        f"{key.upper()}={','.join(str(int(each)) for each in _listed(rule[key]))}"
        for key in _AS_THEY_ARE
        if rule.get(key) not in (None, [])
    ]
    if rule.get("until"):
        until = read_moment(rule["until"])
        parts.append("UNTIL=" + (f"{until:%Y%m%dT%H%M%S}" if isinstance(until, datetime) else f"{until:%Y%m%d}"))
    return ";".join(parts)


def _weekday(day: Any) -> str:
    """Return a weekday of rrule.js, whose weeks begin on Monday: « TH », « th », 3, « 1TH »."""
    if isinstance(day, int):
        return _OF_WEEK[(day + 1) % 7]
    text = str(day).upper()
    if re.fullmatch(r"[+-]?\d?(?:MO|TU|WE|TH|FR|SA|SU)", text):
        return text
    raise ValueError(day)


def _left_out(given: Any, begins: date) -> list[str]:
    """Return the dates that an object leaves out: days alone, or moments."""
    return [f"EXDATE{_property(_as_begins(read_moment(each), begins))}" for each in _listed(given)]


def _in_zone(line: str, begins: date) -> str:
    """Return a property of dates with the zone of the beginning, where it says none of its own."""
    name, _, value = line.partition(":")
    if name in ("EXDATE", "RDATE") and not value.endswith("Z") and isinstance(begins, datetime) and begins.tzinfo:
        return f"{name};TZID={begins.tzinfo}:{value}"
    return line


def _as_begins(moment: date, begins: date) -> date:
    """Return a moment that is left out on the clock on which the first one begins."""
    if isinstance(moment, datetime) and isinstance(begins, datetime) and moment.tzinfo and not begins.tzinfo:
        return moment.astimezone(PARIS).replace(tzinfo=None)
    if isinstance(moment, datetime) and isinstance(begins, datetime) and not moment.tzinfo:
        return moment.replace(tzinfo=begins.tzinfo)
    return moment


def read_moment(given: Any, *, is_day: bool = False) -> date:
    """Return a day or a moment, on the clock of its zone: that which stands beside it, else that of Paris; none if nothing says it."""
    zone = None
    if isinstance(given, dict):
        name = str(given.get("timeZone") or "")
        zone = ZoneInfo(ics_zones.resolve(name) or name) if name else None
        given = given.get("date") or given["dateTime"]
    text = str(given).strip()
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text) or is_day:
        return date.fromisoformat(text[:10])
    moment = datetime.fromisoformat(text)
    is_universal = zone is not None and zone.key in ("UTC", "Etc/UTC", "Etc/GMT")
    if moment.tzinfo is None:
        return moment if zone is None else moment.replace(tzinfo=zone).astimezone(PARIS if is_universal else zone)
    return moment.astimezone(PARIS if zone is None or is_universal else zone)


def _length(given: Any) -> timedelta | None:
    """Return a length: « 01:30 », « PT1H30M », parts of an object, or thousandths of a second."""
    if given in (None, ""):
        return None
    if isinstance(given, dict):
        return timedelta(**{str(unit).rstrip("s") + "s": float(number) for unit, number in given.items()})
    if isinstance(given, int):
        return timedelta(milliseconds=given)
    return lengths.parse(str(given))[0]


def _property(moment: date) -> str:
    """Return a day or a moment as the end of a property of iCalendar."""
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{moment:%Y%m%d}"
    return f"{f';TZID={moment.tzinfo}' if moment.tzinfo else ''}:{moment:%Y%m%dT%H%M%S}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
