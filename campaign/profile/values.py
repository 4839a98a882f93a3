"""The kinds of values that the files of a campaign's folder hold, each with what it refuses."""

import re
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from campaign.core.language import say
from campaign.core.palette import DARK, LIGHT
from campaign.core.tint import LEAST_CONTRAST, contrast

FIRST_YEAR, LAST_YEAR = 1900, 2100  # of any campaign: what addresses take as an edition
PAPER, PAPER_DARK = LIGHT["paper"], DARK["paper"]


class Model(BaseModel):
    """What all tables of the folder share: no unknown key, no change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """Return this day of a year; 29 February is the 28th where there is none."""
        leap = (self.month, self.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return date(year, 2, 28) if leap else date(year, self.month, self.day)


def _month_day(given: Any) -> Any:
    match = re.fullmatch(r"(\d\d)-(\d\d)", given) if isinstance(given, str) else None
    if match is None:
        raise ValueError(say("un mois et un jour sont attendus, comme 11-01"))
    try:
        date(2000, int(match[1]), int(match[2]))  # a leap year
    except ValueError:
        raise ValueError(say("ce jour n'existe pas")) from None
    return MonthDay(int(match[1]), int(match[2]))


def _slug(given: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given):
        raise ValueError(say("des lettres minuscules sans accent, des chiffres et des tirets sont attendus"))
    return given


def _colour(given: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", given):
        raise ValueError(say("une couleur comme {colour} est attendue", colour=LIGHT["accent"]))
    return given.upper()


def _readable_on(paper: str) -> AfterValidator:
    def readable(colour: str) -> str:
        ratio = contrast(colour, paper)
        if ratio < LEAST_CONTRAST:
            raise ValueError(f"contraste de {ratio:.1f} sur {paper}, il en faut {LEAST_CONTRAST}".replace(".", ","))
        return colour

    return AfterValidator(readable)


Text = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Slug = Annotated[str, AfterValidator(_slug)]
Day = Annotated[MonthDay, BeforeValidator(_month_day)]
Accent = Annotated[str, AfterValidator(_colour), _readable_on(PAPER)]
AccentDark = Annotated[str, AfterValidator(_colour), _readable_on(PAPER_DARK)]
Regions = Literal[2014, 2016]


def _or_none(given: Any) -> Any:
    return None if given == "" else given


Optional = BeforeValidator(_or_none)


class Period(Model):
    """From one day of the year to another, both included; it may run into the next year."""

    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day, Field(alias="to")]

    def of(self, year: int) -> tuple[date, date]:
        """Return its days, from those of that year on."""
        first = self.from_day.of(year)
        return first, self.to_day.of(year if self.to_day >= self.from_day else year + 1)
