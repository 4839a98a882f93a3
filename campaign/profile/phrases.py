"""The table of a profile's demonstration: demo/phrases.toml."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from campaign.core.language import say
from campaign.profile.tables import Count
from campaign.profile.values import Model, Text, Year


class DemoEditions(Model):
    """Which editions a demonstration writes, how many events where no figure was published, and how many of them are online.

    `online`, in thousandths, holds from its year to the next one that is named; before the first it is the usual few.
    """

    first: Year
    last: Year
    invented: dict[Annotated[int, Field(ge=1900, le=2100)], Count] = Field(default_factory=dict)
    online: dict[Annotated[int, Field(ge=1900, le=2100)], Annotated[int, Field(ge=0, le=1000)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(say("« last » est avant « first »"))
        return self


class DemoType(Model):
    """Events of a type: their share, hours, length and titles."""

    label: Text
    weight: Count
    hours: Annotated[list[Annotated[int, Field(ge=0, le=23)]], Field(min_length=1)]
    minutes: Count
    titles: Annotated[list[Text], Field(min_length=1)]


class DemoOrganisers(Model):
    """Organisers of a kind."""

    weight: Count
    names: Annotated[list[Text], Field(min_length=1)]


class DemoThemes(Model):
    """Themes of events."""

    names: Annotated[list[Text], Field(min_length=1)]


class DemoVenues(Model):
    """Where events take place."""

    names: Annotated[list[Text], Field(min_length=1)]
    streets: Annotated[list[Text], Field(min_length=1)]


class Phrases(Model):
    """demo/phrases.toml: what demonstration events are made of."""

    editions: DemoEditions
    types: Annotated[list[DemoType], Field(min_length=1)]
    organisers: Annotated[list[DemoOrganisers], Field(min_length=1)]
    themes: DemoThemes
    venues: DemoVenues
