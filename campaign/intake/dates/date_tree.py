"""What a text about days and hours says before it is resolved: days as written, their hours, the weekdays and days left out."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from campaign.intake.dates.moments import Hours

# which of a date's numbers is the month, of three of two digits also the year; "" where that cannot be told
Order = Literal["dmy", "mdy", "ymd", ""]


HALVES: Final = ("matin", "apresmidi")  # of a day


@dataclass(frozen=True)
class Hint:
    """What stands elsewhere than in a cell: the year, the month, which of two numbers is the month, what numbers count."""

    year: int | None = None
    month: int | None = None
    order: Order = "dmy"
    has_pairs: bool = False  # whether « 11-05 » is a month and a day, or the reverse: the column holds such pairs alone
    is_1904: bool = False  # whether a spreadsheet's numbers count from that year


@dataclass
class Day:
    """A day as written: what it lacks is found among the others."""

    number: int
    month: int | None
    year: int | None
    text: str
    on: date | None = None


@dataclass
class WeeklyHours:
    """The hours of some weekdays within a range of days: numbers, as written, hours; whether it says each of them."""

    numbers: list[int]
    text: str
    hours: list[Hours]
    is_sure: bool


@dataclass
class Days:
    """A day, or a range of days, with the hours written after its first day and after its last."""

    first: Day
    last: Day | None = None
    hours: list[Hours] = field(default_factory=list)
    last_hours: list[Hours] = field(default_factory=list)
    weekly: list[WeeklyHours] = field(default_factory=list)
    is_unsure: bool = False  # whether it may be two days

    @property
    def all_days(self) -> list[date]:
        """Each day."""
        first, last = self.first.on or date.min, (self.last or self.first).on or date.min
        return [first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1)]


@dataclass
class Weekdays:
    """Weekdays before the days that they name: numbers, as written, and those days."""

    numbers: list[int]
    text: str
    days: list[Days] = field(default_factory=list)
    day: Day | None = None  # the first of them


@dataclass
class Tree:
    """The parts of one text, and what of it has no place among them (`left`)."""

    days: list[Days] = field(default_factory=list)
    before: list[Hours] = field(default_factory=list)  # hours that stand before any day
    left: list[str] = field(default_factory=list)
    excluded: list[Day] = field(default_factory=list)
    named: list[Weekdays] = field(default_factory=list)  # weekdays that stand before days
    every: set[int] = field(default_factory=set)  # of « les mardis », « chaque jeudi »
    closed: set[int] = field(default_factory=set)  # of « sauf le lundi »
    is_closed_on_holidays: bool = False  # « hors jours fériés »
    closed_halves: list[tuple[set[int], str]] = field(default_factory=list)  # of « fermé le mercredi après-midi »
    ranks: list[int] = field(default_factory=list)  # of « le premier mardi »
    fortnight: str = ""  # « tous les 15 jours », « un mardi sur deux », as written
    is_half_closed: bool = False  # whether a session is left out for that
    used: set[int] = field(default_factory=set)  # the hours that became those of a session, by identity
    is_readable: bool = True

    @property
    def all_written(self) -> list[Day]:
        """Every day as written, those left out last."""
        return [day for days in self.days for day in (days.first, days.last) if day] + self.excluded
