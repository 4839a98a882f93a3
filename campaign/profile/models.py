"""The settings of a campaign, as its campaign.toml and editions.csv give them. Unknown keys are errors."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from campaign.core import nomenclatures
from campaign.core.palette import DARK, LIGHT

FIRST_YEAR, LAST_YEAR = 1900, 2100  # of any campaign: what addresses take as an edition
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
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
    found = re.fullmatch(r"(\d\d)-(\d\d)", given) if isinstance(given, str) else None
    if found is None:
        raise ValueError("un mois et un jour sont attendus, comme 11-01")
    try:
        date(2000, int(found[1]), int(found[2]))  # a leap year
    except ValueError:
        raise ValueError("ce jour n'existe pas") from None
    return MonthDay(int(found[1]), int(found[2]))


def _slug(given: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given):
        raise ValueError("des lettres minuscules sans accent, des chiffres et des tirets sont attendus")
    return given


def _colour(given: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", given):
        raise ValueError(f"une couleur comme {LIGHT['accent']} est attendue")
    return given.upper()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#RRGGBB), from 1 to 21, by WCAG 2.2's relative luminance."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _readable_on(paper: str) -> AfterValidator:
    def readable(colour: str) -> str:
        found = contrast(colour, paper)
        if found < LEAST_CONTRAST:
            raise ValueError(f"contraste de {found:.1f} sur {paper}, il en faut {LEAST_CONTRAST}".replace(".", ","))
        return colour

    return AfterValidator(readable)


Text = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Slug = Annotated[str, AfterValidator(_slug)]
Day = Annotated[MonthDay, BeforeValidator(_month_day)]
Accent = Annotated[str, AfterValidator(_colour), _readable_on(PAPER)]
AccentDark = Annotated[str, AfterValidator(_colour), _readable_on(PAPER_DARK)]
Regions = Literal[2014, 2016]


class Name(Model):
    """The campaign's name: French with its articles, « le », « du », « au »; written out; and in English."""

    fr: Text
    the: Text
    of: Text
    at: Text
    long: Text
    of_long: Text
    en: Text
    the_en: Text
    the_long_en: Text


class Period(Model):
    """From one day of the year to another, both included; it may run into the next year."""

    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day, Field(alias="to")]

    def of(self, year: int) -> tuple[date, date]:
        """Return its days, from those of that year on."""
        first = self.from_day.of(year)
        return first, self.to_day.of(year if self.to_day >= self.from_day else year + 1)


class Editions(Model):
    """Which editions there are, how they are numbered, and which days count."""

    first: Year
    first_number: Annotated[int, Field(ge=1)] = 1
    numbering: Literal["counted", "listed"]
    window: Period
    core: Period | None = None

    @model_validator(mode="after")
    def _core_within_window(self) -> Self:
        (opens, closes), (starts, ends) = self.window.of(2001), (self.core or self.window).of(2001)
        if not opens <= starts <= ends <= closes:
            raise ValueError("la période « core » doit être dans la fenêtre « window »")
        return self


class Headline(Model):
    """The published figure that speaks for an edition: a number of events, which the file's count stands beside."""

    metric: Literal["events"]


class Metric(Model):
    """What a metric of the campaign's own counts, as a noun."""

    code: Text
    fr: Text
    plural: Text
    en: Text
    plural_en: Text


class Chamber(Model):
    """What the bodies that coordinate a territory are called."""

    fr: Text
    plural: Text
    gender: Literal["f", "m"]
    short: Text
    noun: Text  # in a word, after its first mention
    nouns: Text
    en: Text
    plural_en: Text
    noun_en: Text
    nouns_en: Text
    note: str = ""  # how many there are and what is not known, in a sentence or two
    note_en: str = ""
    family: str = ""  # the code that organiser_families.csv gives them


class Organiser(Model):
    """Who runs the campaign from an edition on."""

    from_edition: Annotated[Year, Field(alias="from")]
    fr: Text
    en: str = ""


class Nomenclature(Model):
    """Which regions of France are meant, from an edition on, unless another set is asked for."""

    from_edition: Annotated[Year, Field(alias="from")]
    regions: Regions


class Colours(Model):
    """The accent by day and by night."""

    accent: Accent
    accent_dark: AccentDark


class Settings(Model):
    """campaign.toml."""

    id: Slug
    name: Name
    editions: Editions
    headline: Headline
    metrics: tuple[Metric, ...] = ()
    chamber: Chamber
    organisers: Annotated[tuple[Organiser, ...], Field(min_length=1)]
    nomenclatures: tuple[Nomenclature, ...] = ()
    colours: Colours


def _or_none(given: Any) -> Any:
    return None if given == "" else given


Optional = BeforeValidator(_or_none)


class EditionRow(Model):
    """A row of editions.csv: what differs from the rule in one edition; empty cells follow the rule."""

    edition: Year
    number: Annotated[int | None, Field(ge=1), Optional]
    starts_on: Annotated[date | None, Optional]
    ends_on: Annotated[date | None, Optional]
    core_starts_on: Annotated[date | None, Optional]
    core_ends_on: Annotated[date | None, Optional]
    source_title: str
    source_url: str
    note: str


class Edition(NamedTuple):
    """One edition: its number (null: not known), the days that count, and its core period."""

    edition: int
    number: int | None
    starts_on: date
    ends_on: date
    core_starts_on: date
    core_ends_on: date
    nomenclature: int

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day that count."""
        return self.starts_on, self.ends_on

    @property
    def core(self) -> tuple[date, date]:
        """The first and the last day of the core period."""
        return self.core_starts_on, self.core_ends_on


class Profile(Model):
    """A campaign's folder, read."""

    folder: Path
    settings: Settings
    listed: tuple[EditionRow, ...] = ()

    @property
    def id(self) -> str:
        """The campaign's slug."""
        return self.settings.id

    @property
    def first(self) -> int:
        """The first edition."""
        return self.settings.editions.first

    def edition(self, year: int) -> Edition:
        """Return an edition by the rule, and by what editions.csv says of it; raises ValueError if its days are in disorder."""
        rule = self.settings.editions
        given = next((row for row in self.listed if row.edition == year), None)
        number = year - rule.first + rule.first_number if rule.numbering == "counted" else None
        days = [*rule.window.of(year), *(rule.core or rule.window).of(year)]
        if given is not None:
            number = given.number or number
            own = (given.starts_on, given.ends_on, given.core_starts_on, given.core_ends_on)
            if rule.core is None:  # the core period is the window, whatever that is
                own = (*own[:2], given.core_starts_on or given.starts_on, given.core_ends_on or given.ends_on)
            days = [one or by_rule for one, by_rule in zip(own, days, strict=True)]
        starts_on, ends_on, core_starts_on, core_ends_on = days
        if not starts_on <= core_starts_on <= core_ends_on <= ends_on:
            raise ValueError("la fenêtre et la période de l'édition ne s'emboîtent pas")
        return Edition(year, number, starts_on, ends_on, core_starts_on, core_ends_on, self.nomenclature(year))

    def number(self, year: int) -> int | None:
        """Return the number of an edition; None before the first one and where it is listed and not known."""
        return self.edition(year).number if year >= self.first else None

    def nomenclature(self, year: int) -> nomenclatures.Nomenclature:
        """Return which regions are in force for an edition: the campaign's own rule, else France's."""
        rules = sorted((row.from_edition, row.regions) for row in self.settings.nomenclatures)
        if not rules:
            return nomenclatures.in_force([year])
        return next((regions for since, regions in reversed(rules) if since <= year), rules[0][1])

    def organiser(self, year: int) -> Organiser:
        """Return who runs an edition: the latest named until then, else the first."""
        known = sorted(self.settings.organisers, key=lambda one: one.from_edition)
        return next((one for one in reversed(known) if one.from_edition <= year), known[0])
