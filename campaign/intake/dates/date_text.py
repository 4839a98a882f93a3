"""The days and hours that one text gives: « les mardis 3, 10 et 17 novembre 2026 de 18h30 à 20h ».

The grammar, over the tokens of date_tokens.py (« joint » is a comma, « et », « / »…, « range » is « au », « à », « - »…):

    text    = { days | hours | weekdays | except | month | joint | range | other }
    days    = [ weekdays ] day { ( joint | range ) day }       a day without month or year has those of the next day, else of the last
    day     = number [ month ] [ year ] | year-month-day
    weekdays = [ rank | each ] weekday { ( joint | range ) weekday }      a rank or « each » counts within a month or a range of days
    hours   = hour [ range hour ] { joint hours } | hour "duration" length
    except  = "sauf" ( day | weekday ) { joint ( day | weekday ) }

What is no token, or has no place among the others, is what is left of the text: it is returned, so that nothing is half
understood in silence.
"""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final

from campaign.core.settings import PARIS
from campaign.intake.dates import date_counts, date_machine, date_weeks
from campaign.intake.dates.date_reading import Reader
from campaign.intake.dates.date_resolving import resolve
from campaign.intake.dates.date_tokens import simplified, turned
from campaign.intake.dates.date_tree import Hint as Hint
from campaign.intake.dates.date_tree import Order as Order
from campaign.intake.dates.moments import Hours, Moment, Session

MOST_SESSIONS: Final = 400
_ZONE: Final = re.compile(  # after an hour: « 10:00 AM (GMT+1) », « 18:30:00 GMT+0100 (heure d'été) », « 18h30 CET », « 18:30 +0100 »
    r"(?<=[\dmh]),? ?(?:(?P<open>\()?(?:gmt|utc) ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"
    r"(?(open)\)|\b(?: ?\([^()\d]*\))?)"
    r"|\(?(?P<name>cet|mez|cest|mesz|europe/paris|utc(?! ?[+-])|gmt(?! ?[+-]))\b\)?"
    r"|(?<=:[0-5]\d )\+(?P<east>\d\d):?(?P<more>[0-5]\d)$)"
)
_SUMMER: Final = ("cest", "mesz")
_GREENWICH: Final = ("utc", "gmt")
_PARIS: Final = "europe/paris"
_OF_PARIS: Final = re.compile(r",? ?\(? ?europe/paris ?\)?")  # at_paris takes it
_FARTHEST: Final = 14  # hours from Greenwich
_OFFSET: Final = re.compile(r"(?<=:[0-5]\d)\s?\+0?(\d):?00\b")  # no length
_CLOSED_END: Final = re.compile(r"(?<=[\dh])\s?(-|/| a )\s?([01]\d|2[0-3])(00|30|45)(?!\d)")  # « 18h30-1930 »
_SLASHED: Final = re.compile(r"([01]?\d|2[0-4])\s?/\s?([01]?\d|2[0-4])\s?h(?:eures?)?")  # « 18/20h »
_BEGINS_WITH_DASH: Final = re.compile(r"(?:-|-?>|→)\s?\d")
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,])")  # in a text of hours
_AFTER_MIDNIGHT: Final = re.compile(
    r"(2[5-9])[h:]([0-5]\d)(?::00)?"
)  # a spreadsheet's 26 hours are 2 o'clock of the next day
_ISO_CLOCK: Final = re.compile(  # a workbook's hour of the day: « PT18H30M00S »
    r"pt(?P<hours>0*\d{1,2})h(?:(?P<minutes>[0-5]?\d)m)?(?:[0-5]?\d(?:[.,]\d+)?s)?"
)
_SHEET_CLOCK: Final = re.compile(  # « 18.5 », « 18,25 » and « 18,50 » may be parts of an hour
    r"(?P<hour>[1-9]|1\d|2[0-3])(?:[.,](?P<tens>[1-4])|,(?P<minutes>(?!25|50)[0-5]\d))"
)
_UNTIL: Final = re.compile(
    r"(?i)^\W*(?:jusqu['’\u02bc ]?\s?(?:aux?|à|a|en)\b|until\b|till\b)\s*(?=(?:le\s+)?\w*\s*\d|minuit|midi)"
)  # before an end
_LAST_MIDNIGHT: Final = re.compile(r"24\s?[h:](?:00)?|minuit")


@lru_cache(maxsize=20_000)
def _parsed(text: str, hint: Hint) -> tuple[tuple[Session, ...], str]:
    words = date_machine.plain(simplified(text))
    if reading := date_machine.read(words, hint):
        return reading
    if announcement := date_counts.announced(words):
        sessions, left = _parsed(announcement.rest, hint)
        if sessions:
            is_said = date_counts.is_number_of(announcement, sessions)
            return sessions, left if is_said else f"{announcement.written} {left}".strip()
    if len(zones := list(_ZONE.finditer(words))) == 1 and (reading := _parsed_at(_ZONE.sub("", words), hint, zones[0])):
        return reading
    read = _read(words, hint)
    if read[1]:
        return next((reading for other in turned(words) if (reading := _read(other, hint))[0] and not reading[1]), read)
    return read


def _read(words: str, hint: Hint) -> tuple[tuple[Session, ...], str]:
    tree = Reader(_OFFSET.sub(r" utc+\1 ", date_weeks.in_year(words, hint.year)), hint).read()
    sessions, left = resolve(tree, hint), " ".join(tree.left).replace("_", " ")
    return tuple(sessions[:MOST_SESSIONS]), "" if date_weeks.is_of_days(left, sessions) else left


def _parsed_at(words: str, hint: Hint, zone: re.Match[str]) -> tuple[tuple[Session, ...], str] | None:
    """Return the session of a text on the clock that its zone says, of Paris's several; None unless all is understood and has an hour."""
    sessions, left = _parsed(words, hint)
    if left or int(zone["hours"] or zone["east"] or 0) > _FARTHEST or (len(sessions) > 1 and zone["name"] != _PARIS):
        return None
    if any(moment.hour is None for session in sessions for moment in session if moment):
        return None
    return tuple((_at_zone(begins, zone), ends and _at_zone(ends, zone)) for begins, ends in sessions), ""


def _at_zone(moment: Moment, zone: re.Match[str]) -> Moment:
    """Return a moment with the offset that its zone has on that day; « CET » is the clock of Paris, in summer too."""
    if zone["name"] in _GREENWICH:
        return replace(moment, offset="+00:00")
    if zone["name"] and zone["name"] not in _SUMMER:
        return _in_paris(moment)
    hours, minutes = zone["hours"] or zone["east"] or "2", zone["minutes"] or zone["more"] or "00"
    return replace(moment, offset=f"{zone['sign'] or '+'}{hours:0>2}:{minutes}")


def _in_paris(moment: Moment) -> Moment:
    offset = f"{datetime.combine(moment.day, moment.hour or time(), PARIS):%z}"
    return replace(moment, offset=f"{offset[:3]}:{offset[3:]}")


def at_paris(sessions: list[Session], *hours: str | None) -> list[Session]:
    """Return sessions on the clock of Paris where a column of their hours names it, « 18h30 (heure de Paris) », wherever they are."""
    if not any(_PARIS in simplified(text) for text in hours if text):
        return sessions
    return [
        (
            begins if begins.hour is None or begins.offset else _in_paris(begins),
            ends if ends is None or ends.hour is None or ends.offset else _in_paris(ends),
        )
        for begins, ends in sessions
    ]


def parse(text: str, year: int | None = None, hint: Hint | None = None) -> tuple[list[Session], str]:
    """Return the sessions that a text gives, and what is left of it; no session if it gives no day that can be read."""
    sessions, left = _parsed(text, hint or Hint(year))
    return list(sessions), left


def parse_end(text: str, hint: Hint) -> tuple[list[Session], str]:
    """Return the sessions that a text of an end gives, as `parse`: « 5/11 à minuit » is when the 5th ends."""
    sessions, left = parse(_UNTIL.sub("", text), hint=hint)
    if left and _LAST_MIDNIGHT.fullmatch(left) and len(sessions) == 1 and sessions[0][1] is None:
        return [(replace(sessions[0][0], day=sessions[0][0].day + timedelta(days=1)), None)], ""
    return sessions, left


def parse_hours(text: str, *, are_ends: bool = False) -> tuple[list[Hours], str]:
    """Return the hours that a text without days gives, and what is left of it; `are_ends` says that midnight ends the day."""
    words = _OF_PARIS.sub("", simplified(_UNTIL.sub("", text) if are_ends else text))
    if iso := _ISO_CLOCK.fullmatch(words):
        words = f"{int(iso['hours'])}h{iso['minutes'] or '00':0>2}"
    if re.fullmatch(r"0?[.,]\d+", words):  # a spreadsheet's fraction of a day
        moment = date_machine.EXCEL_EPOCH + timedelta(days=float("0" + words.lstrip("0").replace(",", ".")), seconds=30)
        return [(moment.time().replace(second=0, microsecond=0), None)], ""
    announcement = date_counts.announced(words)
    words = announcement.rest if announcement else words
    if whole := re.fullmatch(r"(\d{1,2})|([2-9]|1\d|2[0-4])[.,]0", words):  # « 14.0 », of a column of numbers
        words = f"{whole[1] or whole[2]}h"
    if figures := _SHEET_CLOCK.fullmatch(words):  # « 18.3 » lost its zero, « 18,45 » its sign
        words = f"{figures['hour']}h{figures['minutes'] or figures['tens'] + '0'}"
    if are_ends and (late := _AFTER_MIDNIGHT.fullmatch(words)):
        words = f"{int(late[1]) - 24}h{late[2]}"
    if figures := re.fullmatch(r"([01]\d|2[0-3]|[6-9](?=[0-5][05]))([0-5]\d)", words):
        words = f"{figures[1]}h{figures[2]}"
    if number := re.fullmatch(r"([01]?\d|2[0-4])\s*(?:-|/|>|a|au)\s*([01]?\d|2[0-4])", words):
        words = f"{number[1]}h-{number[2]}h"
    if number := re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)\s*(?:-|/|>|a)\s*([01]\d|2[0-3])([0-5]\d)", words):
        words = f"{number[1]}h{number[2]}-{number[3]}h{number[4]}"
    if (number := _SLASHED.fullmatch(words)) and int(number[1]) < int(number[2]):
        words = f"{number[1]}h-{number[2]}h"
    words = _CLOSED_END.sub(r"\1\2h\3", words)
    tree = Reader(_OFFSET.sub(r" utc+\1 ", words), Hint()).read()
    resolve(tree, Hint())
    tree.left += _YEAR.findall(words) if not tree.days else []
    if (
        tree.every or tree.closed or tree.is_closed_on_holidays or (_BEGINS_WITH_DASH.match(words) and not are_ends)
    ):  # of which days? an end alone?
        tree.left.append(text)
    if announcement and announcement.number not in (None, len(tree.before)):
        tree.left.insert(0, announcement.written)
    if are_ends:
        tree.left = [text for text in tree.left if not _LAST_MIDNIGHT.fullmatch(text)]
    return tree.before, " ".join(
        [*tree.left, *(days.first.text for days in tree.days), *(day.text for day in tree.excluded)]
    ).strip()
