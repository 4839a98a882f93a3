"""The editions of a campaign: the days and the number of each, by the rule and by what editions.csv says of it."""

from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from campaign.core.language import say
from campaign.profile.values import Model, Optional, Slug, Year


def _codes(given: Any) -> Any:
    return tuple(given.split()) if isinstance(given, str) else given


class EditionRow(Model):
    """A row of editions.csv: what differs from the rule in one edition; empty cells follow the rule.

    A row with territories gives the days that are theirs; one without them speaks of the whole edition.
    """

    edition: Year
    territories: Annotated[tuple[Slug, ...], BeforeValidator(_codes)] = ()
    number: Annotated[int | None, Field(ge=1), Optional]
    starts_on: Annotated[date | None, Optional]
    ends_on: Annotated[date | None, Optional]
    core_starts_on: Annotated[date | None, Optional]
    core_ends_on: Annotated[date | None, Optional]
    status: Annotated[Literal["cancelled"] | None, Optional] = None
    name_fr: str = ""  # where the campaign bore another name in that edition
    name_en: str = ""
    theme_fr: str = ""
    theme_en: str = ""
    source_title: str
    source_url: str
    note: str

    @model_validator(mode="after")
    def _whole_or_days_alone(self) -> Self:
        if self.territories and (self.number or self.status or self.name_fr or self.theme_fr):
            raise ValueError(
                say("une ligne de territoires ne donne que leurs jours : le reste va sur une ligne sans territoire")
            )
        if self.territories and not (self.starts_on and self.ends_on):
            raise ValueError(say("une ligne de territoires donne leurs jours : starts_on et ends_on"))
        return self


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


class Days(NamedTuple):
    """The days of an edition in some of the campaign's territories."""

    territories: tuple[str, ...]
    starts_on: date
    ends_on: date
    core_starts_on: date
    core_ends_on: date


def own_days(rows: tuple[EditionRow, ...], year: int) -> tuple[Days, ...]:
    """Return the days that territories have of their own in an edition; none where one set of days holds everywhere."""
    return tuple(
        Days(
            row.territories,
            row.starts_on,
            row.ends_on,
            row.core_starts_on or row.starts_on,
            row.core_ends_on or row.ends_on,
        )
        for row in rows
        if row.edition == year and row.territories and row.starts_on and row.ends_on
    )
