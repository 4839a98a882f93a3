"""From what a text says of days and hours to its sessions: months and years that days lack, weekdays checked, hours given to days.

What contradicts the rest is added to what is left of the text.
"""

import calendar
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Final

from campaign.intake.dates.date_tokens import date_of
from campaign.intake.dates.date_tree import HALVES, Days, Hint, Tree, Weekdays
from campaign.intake.dates.holidays import is_holiday
from campaign.intake.dates.moments import Hours, Moment, Session, sessions_of

_NOON: Final = time(12, 30)  # which a morning may go on to
_PAIR: Final = 2
_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def resolve(tree: Tree, hint: Hint) -> list[Session]:
    """Return the sessions of a tree; none if one of its days is none of the calendar, or lacks a month or year."""
    _complete(tree, hint)
    return _all_sessions(tree) if tree.is_readable else []


def _complete(tree: Tree, hint: Hint) -> None:
    """Give each day the month and year that it lacks: of the next day, else of the last, else of elsewhere."""
    written = tree.all_written
    for index, day in enumerate(written):
        later, earlier = written[index + 1 :], written[:index][::-1]
        is_own = day.month is not None
        day.month = day.month or next((d.month for d in [*later, *earlier] if d.month), hint.month)
        if day.year is None:
            day.year = next((d.year for d in later if d.year), None)
            if day.year and is_own and (later_day := next(d for d in later if d.year)).month and day.month:
                day.year -= day.month > (later_day.month or day.month)  # « du 28 décembre au 3 janvier 2027 »
        if day.year is None:
            before = next((d for d in earlier if d.year and d.month), None)
            day.year = before.year if before else hint.year
            if before and before.year and day.month and before.month and day.month < before.month - 6:
                day.year = before.year + 1
        if day.month is None or day.year is None:
            tree.is_readable = False
            continue
        number = day.number or (calendar.monthrange(day.year, day.month)[1] if 1 <= day.month <= 12 else 0)
        day.on = date_of(day.year, day.month, number)
        tree.is_readable = tree.is_readable and day.on is not None


def _all_sessions(tree: Tree) -> list[Session]:
    """Return the sessions of the days: hours that stand once are those of all the days before them, or after."""
    _check_chains(tree)
    others_hours = _leave_repeated_days(tree)
    _check_weekdays(tree)
    _give_weekly_hours(tree)
    _give_hours_forward(tree)
    sessions: list[Session] = []
    hours = tree.before
    for days in reversed(tree.days):
        if days.last is None:
            hours = days.hours or hours
        elif not days.hours:
            hours = days.last_hours or ([] if id(days) in others_hours else hours)
        sessions = _sessions_of(tree, days, hours) + sessions
    _leave_unused_hours(tree)
    if (
        tree.closed and tree.days and not any(days.last for days in tree.days)
    ):  # « 2 novembre, sauf le lundi »: of which days?
        tree.left.append(f"sauf {', '.join(_NAMES[number] for number in sorted(tree.closed))}")
    if not tree.is_half_closed:
        tree.left += [half for _, half in tree.closed_halves]
    return sessions


def _leave_repeated_days(tree: Tree) -> set[int]:
    """Leave a day within a range that has it already: « du 2 au 13 novembre (ouvert le 11) »; with hours it is a session of its own.

    Return the ranges, by identity, that such hours are not those of.
    """
    ranges = [days for days in tree.days if days.last is not None and not days.is_unsure]
    others_hours = set()
    for days in [days for days in tree.days if days.last is None]:
        around = {id(each) for each in ranges if days.first.on in each.all_days}
        if around and not days.hours:
            tree.days.remove(days)
        if around:
            tree.left.append(days.first.text)
            others_hours |= around if days.hours else set()
    return others_hours


def _give_weekly_hours(tree: Tree) -> None:
    """Give days of a list the hours of their weekdays: « 7 et 8 novembre (samedi 10h-19h, dimanche 10h-18h) »."""
    weekly = tree.days[-1].weekly if tree.days and tree.days[-1].last is None else []
    if not weekly:
        return
    weekdays = {day.weekday() for days in tree.days if (day := days.first.on)}
    if weekdays != {number for each in weekly for number in each.numbers}:
        tree.left += [each.text for each in weekly]
    for days in tree.days:
        own = [
            hour for each in weekly if days.first.on and days.first.on.weekday() in each.numbers for hour in each.hours
        ]
        days.hours = days.hours or own


def _give_hours_forward(tree: Tree) -> None:
    """Give each day the hours before it, where hours come first throughout: « de 14h à 16h le 5 et de 10h à 12h le 6 »."""
    if not tree.before or len(tree.days) < _PAIR or tree.days[-1].hours or any(days.last for days in tree.days):
        return
    if not any(days.hours for days in tree.days):
        return
    hours, tree.before = tree.before, []
    for days in tree.days:
        days.hours, hours = hours, days.hours or hours


def _leave_unused_hours(tree: Tree) -> None:
    """Leave the hours that no session has: « 14h 5 novembre 16h30 »."""
    written = [*tree.before, *(hour for days in tree.days for hour in (*days.hours, *days.last_hours))]
    written += [hour for days in tree.days for weekly in days.weekly for hour in weekly.hours]
    if tree.days:
        tree.left += [f"{begins:%Hh%M}" for begins, _ends in (h for h in written if id(h) not in tree.used)]


def _check_chains(tree: Tree) -> None:
    """Take « 3-4-5 novembre » as three days; a row of dashes with gaps is no list that can be told."""
    for position, days in enumerate(tree.days):
        if not days.is_unsure or days.last is None:
            continue
        row = [days.first.on, days.last.on, *(other.first.on for other in tree.days[position + 1 :])]
        known = [day for day in row if day]
        if all(later - day == timedelta(days=1) for day, later in pairwise(known)):
            days.last = tree.days[-1].first
            del tree.days[position + 1 :]
        else:
            tree.left.append(" - ".join(day.isoformat() for day in known))
        return


def _check_weekdays(tree: Tree) -> None:
    """Leave the weekdays that the days contradict."""
    for named in tree.named:
        if set(named.numbers) <= tree.every:
            singles = [days.first.on for days in named.days if days.last is None and days.first.on]
            tree.left += [day.isoformat() for day in singles if day.weekday() not in tree.every]
        elif len(named.numbers) == 1:
            tree.left += [named.text] if _named_day(tree, named) not in named.numbers else []
        elif {day.weekday() for days in named.days for day in days.all_days} != set(named.numbers):
            tree.left.append(named.text)
    named_days = {day for named in tree.named for days in named.days if (day := days.first.on)}
    if tree.every and not any(days.last for days in tree.days):
        alone = [day for days in tree.days if (day := days.first.on) and day not in named_days]
        tree.left += [day.isoformat() for day in alone if day.weekday() not in tree.every]
        written = {day.weekday() for days in tree.days if (day := days.first.on)}
        tree.left += [_NAMES[number] for number in sorted(tree.every - written) if written < tree.every]


def _named_day(tree: Tree, named: Weekdays) -> int | None:
    """Return the weekday of the day that a weekday stands before."""
    day = named.day.on if named.day else None
    return day.weekday() if day else None


def _sessions_of(tree: Tree, days: Days, hours: list[Hours]) -> list[Session]:
    first, last = days.first.on, days.last.on if days.last else None
    if first is None:
        return []
    excluded = {day.on for day in tree.excluded}
    if tree.is_closed_on_holidays:
        excluded |= {day for day in days.all_days if is_holiday(day)}
    if last is None and first in excluded:  # « les 6, 13 et 20 novembre sauf le 13 »
        return []
    if last is None:
        _use(tree, hours)
        tree.left[:0] = [tree.fortnight] if tree.fortnight else []
        return sessions_of(first, hours)
    if last < first:  # the checks say so
        _use(tree, hours[:1])
        begins = hours[0][0] if hours else None
        return [(Moment(first, begins), Moment(last, (hours[0][1] if hours else None) or begins))]
    if days.hours:  # « du 3 à 14 h au 5 à 18 h »
        ends = days.last_hours[0] if days.last_hours else None
        _use(tree, [days.hours[0], *days.last_hours[:1]])
        return [(Moment(first, days.hours[0][0]), Moment(last, (ends[1] or ends[0]) if ends else None))]
    each = [
        day
        for day in days.all_days
        if day not in excluded
        and day.weekday() not in tree.closed
        and (not tree.every or day.weekday() in tree.every)
        and (not tree.ranks or _has_rank(tree, day))
    ]
    if tree.fortnight:
        each = _each_second(tree, each, first)
    if days.weekly:
        return _weekly_sessions(tree, days, each, hours)
    if hours or len(each) < len(days.all_days):
        _use(tree, hours)
        return [session for day in each for session in _sessions_on(tree, day, hours)]
    return [(Moment(first), Moment(last))]


def _sessions_on(tree: Tree, day: date, hours: list[Hours]) -> list[Session]:
    """Return the sessions of a day of a span, without those of a half of it that is left out; what goes over noon is told."""
    halves = [half for numbers, half in tree.closed_halves if day.weekday() in numbers]
    if not halves or not hours or any((begins < _NOON) != ((ends or begins) <= _NOON) for begins, ends in hours):
        return sessions_of(day, hours)
    tree.is_half_closed = True
    opened = [(begins, ends) for begins, ends in hours if HALVES[begins >= _NOON] not in halves]
    return sessions_of(day, opened) if opened else []


def _each_second(tree: Tree, each: list[date], first: date) -> list[date]:
    """Return of the days within a span those of each second week, where the first of them is said: the span begins with it."""
    if len(tree.every) > 1 or first not in each:
        tree.left.insert(0, tree.fortnight)
        return each
    return each[:: _PAIR if tree.every else _PAIR * 7]


def _weekly_sessions(tree: Tree, days: Days, each: list[date], hours: list[Hours]) -> list[Session]:
    """Return the sessions of days whose hours depend on the weekday: « du 13 au 15 : ven. 18h-22h, sam. 10h-19h »."""
    sessions: list[Session] = []
    for day in each:
        own = [hour for weekly in days.weekly if day.weekday() in weekly.numbers for hour in weekly.hours]
        _use(tree, own or hours)
        sessions += sessions_of(day, own or hours) if own or hours else []
    missing = [day for day in each if not hours and not any(day.weekday() in weekly.numbers for weekly in days.weekly)]
    if any(ends for _, ends in hours):  # « 10h-19h (18h le vendredi) »: which of both?
        tree.left += [weekly.text for weekly in days.weekly if any(ends is None for _, ends in weekly.hours)]
    n_named = len({number for weekly in days.weekly for number in weekly.numbers})
    if (
        missing and n_named < _PAIR and not any(weekly.is_sure for weekly in days.weekly)
    ):  # is there something on the others?
        tree.left += [weekly.text for weekly in days.weekly]
    return sessions or [(Moment(day), None) for day in each]


def _use(tree: Tree, hours: list[Hours]) -> None:
    tree.used |= {id(hour) for hour in hours}


def _has_rank(tree: Tree, day: date) -> bool:
    """Tell whether a day is the first, second… or last (-1) of its weekday in its month."""
    is_last = (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 in tree.ranks or (is_last and -1 in tree.ranks)
