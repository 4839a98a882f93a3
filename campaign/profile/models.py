"""The settings of a campaign, as its campaign.toml gives them, and its folder, read. Unknown keys are errors."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from campaign.core import nomenclatures
from campaign.core.language import say
from campaign.profile.calendar import Days, Edition, EditionRow, own_days
from campaign.profile.tables import TypeRow
from campaign.profile.values import Accent, AccentDark, Model, Period, Regions, Slug, Text, Year


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
            raise ValueError(say("la période « core » doit être dans la fenêtre « window »"))
        return self


class Headline(Model):
    """The published figure that speaks for an edition, and those that do where it was not published, in this order.

    The file's count stands beside a number of events only.
    """

    metric: Text
    otherwise: tuple[Text, ...] = ()


class Metric(Model):
    """What a metric of the campaign's own counts, as a noun."""

    code: Text
    fr: Text
    plural: Text
    en: Text
    plural_en: Text


class Redefinition(Model):
    """From an edition on, a published figure counts something else than before: nothing is compared across it."""

    metric: Text
    from_edition: Annotated[Year, Field(alias="from")]
    fr: Text
    en: Text
    note_fr: str = ""  # in a sentence, where the words above do not make one
    note_en: str = ""


class Territory(Model):
    """A part of France, or abroad, that may have days of its own in an edition.

    The first territory of the list holds all that the others do not name; it gives the edition's core period.
    """

    code: Slug
    fr: Text
    en: Text
    departements: tuple[Text, ...] = ()  # codes of départements and of overseas collectivities
    abroad: bool = False


class Chamber(Model):
    """What the bodies that coordinate a territory are called."""

    fr: Text
    plural: Text
    gender: Literal["f", "m"]
    short: str = ""  # an acronym, where there is one
    noun: Text  # in a word, after its first mention
    nouns: Text
    en: Text
    plural_en: Text
    noun_en: Text
    nouns_en: Text
    note: str = ""  # how many there are and what is not known, in a sentence or two
    note_en: str = ""
    family: str = ""  # the code that organiser_families.csv gives them
    all_listed: bool = False  # whether a region that chambers.csv does not name has none, rather than an unknown one


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
    redefinitions: tuple[Redefinition, ...] = ()
    territories: tuple[Territory, ...] = ()
    chamber: Chamber
    organisers: Annotated[tuple[Organiser, ...], Field(min_length=1)]
    nomenclatures: tuple[Nomenclature, ...] = ()
    colours: Colours

    @model_validator(mode="after")
    def _first_territory_is_the_rest(self) -> Self:
        if self.territories and (self.territories[0].departements or self.territories[0].abroad):
            raise ValueError(
                say("le premier territoire est ce que les autres ne nomment pas : sans departements ni abroad")
            )
        named = [code for territory in self.territories for code in territory.departements]
        if len(set(named)) < len(named):
            raise ValueError(say("un département est dans deux territoires"))
        return self


class Profile(Model):
    """A campaign's folder, read."""

    folder: Path
    settings: Settings
    listed: tuple[EditionRow, ...] = ()
    types: tuple[TypeRow, ...] = ()

    @property
    def id(self) -> str:
        """The campaign's slug."""
        return self.settings.id

    @property
    def first(self) -> int:
        """The first edition."""
        return self.settings.editions.first

    def edition(self, year: int) -> Edition:
        """Return an edition by the rule, and by what editions.csv says of it; raises ValueError if its days are in disorder.

        Where territories have days of their own, the window goes from the first to the last of all, and the core period is
        that of the first territory.
        """
        rule = self.settings.editions
        given = self.row(year)
        number = year - rule.first + rule.first_number if rule.numbering == "counted" else None
        days = [*rule.window.of(year), *(rule.core or rule.window).of(year)]
        if territories := self.days(year):
            main = next(
                (one for one in territories if self.settings.territories[0].code in one.territories), territories[0]
            )
            days = [
                min(one.starts_on for one in territories),
                max(one.ends_on for one in territories),
                main.core_starts_on,
                main.core_ends_on,
            ]
        if given is not None:
            number = given.number or number
            own = (given.starts_on, given.ends_on, given.core_starts_on, given.core_ends_on)
            if rule.core is None and not territories:  # the core period is the window, whatever that is
                own = (*own[:2], given.core_starts_on or given.starts_on, given.core_ends_on or given.ends_on)
            days = [one or by_rule for one, by_rule in zip(own, days, strict=True)]
        starts_on, ends_on, core_starts_on, core_ends_on = days
        if not starts_on <= core_starts_on <= core_ends_on <= ends_on:
            raise ValueError(say("la fenêtre et la période de l'édition ne s'emboîtent pas"))
        return Edition(year, number, starts_on, ends_on, core_starts_on, core_ends_on, self.nomenclature(year))

    def row(self, year: int) -> EditionRow | None:
        """Return what editions.csv says of the whole edition; None where it follows the rule."""
        return next((row for row in self.listed if row.edition == year and not row.territories), None)

    def days(self, year: int) -> tuple[Days, ...]:
        """Return the days that territories have of their own in an edition; none where one set of days holds everywhere."""
        return own_days(self.listed, year)

    def within(self, year: int, territory: str | None) -> Days | None:
        """Return the days that a territory has of its own in an edition; None where it has those of the whole."""
        return next((one for one in self.days(year) if territory in one.territories), None)

    def is_cancelled(self, year: int) -> bool:
        """Whether an edition was called off."""
        given = self.row(year)
        return given is not None and given.status == "cancelled"

    def territory(self, departement: str | None, *, is_abroad: bool = False) -> str | None:
        """Return the territory that a département or collectivity is in, or abroad; None where the folder has none."""
        territories = self.settings.territories
        if not territories or (departement is None and not is_abroad):
            return None
        codes = (one.code for one in territories if (one.abroad if is_abroad else departement in one.departements))
        return next(codes, territories[0].code)

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
