"""The rows of a profile's CSV files, and the tables of its sources."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

import duckdb
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from campaign.core.language import say
from campaign.core.nomenclatures import regions_of
from campaign.profile.values import Model, Optional, Regions, Slug, Text, Year

COUNTRY = "FR"
OTHER: Final = "autre"  # the type of events whose type nothing tells
METRICS: Final = (  # that every campaign may publish; others are named in [[metrics]]
    "events",
    "co_organised_events",
    "organisers",
    "lead_organisers",
    "participants",
    "media_mentions",
    "media_partners",
    "daily_themes",
    "communication_items",
    "printed_programmes",
    "website_visitors",
    "organisers_ready_for_next_percent",
    "regions_taking_part",
    "regional_chambers",
    "editions_held",
    "regional_prize_winners",
    "public_votes",
    "municipalities",
    "share_percent",
)
Count = Annotated[int, Field(gt=0)]
Level = Literal["region_2014", "region_2016", "departement", "country", "other"]


def _regions(nomenclature: int) -> BeforeValidator:
    def split(given: str) -> tuple[str, ...]:
        codes = tuple(given.split())
        for code in codes:
            if code not in regions_of(nomenclature):
                raise ValueError(
                    say(
                        "« {code} » n'est pas un code de région de {nomenclature}", code=code, nomenclature=nomenclature
                    )
                )
        return codes

    return BeforeValidator(split)


def _pattern(given: str) -> str:
    try:
        duckdb.execute("select regexp_matches('', $1)", [given])  # the engine that will run it
    except duckdb.Error as error:
        raise ValueError(say("ce motif n'est pas une expression régulière ({error})", error=error)) from None
    return given


def _day(given: Any) -> Any:
    if given == "":
        return None
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        raise ValueError(say("un jour s'écrit 2014-12-05"))
    return given


def _themes(given: Any) -> Any:
    return tuple(code.strip() for code in given.split("|") if code.strip()) if isinstance(given, str) else given


Day = Annotated[date | None, BeforeValidator(_day)]
Number = Annotated[int | None, Field(ge=0), Optional]
YearOrNone = Annotated[int | None, Field(ge=1900, le=2100), Optional]
Qualifier = Annotated[Literal["exact", "about", "more_than", "announced"] | None, Optional]


class TypeRow(Model):
    """types.csv: a type of event, and its noun as sentences need it."""

    type: Slug
    label_fr: Text
    label_en: Text
    rank: Annotated[int, Field(ge=1)]
    noun_fr: Text
    nouns_fr: Text
    gender: Literal["f", "m"]
    the_fr: Text  # with its article, « l'atelier »
    noun_en: Text
    nouns_en: Text


class LabelRow(Model):
    """type_labels.csv: a source's label, or a word of a title, and the type that it means."""

    type: Slug
    kind: Literal["label", "keyword"]
    label: Text
    priority: int


class AliasRow(Model):
    """column_aliases.csv: a header, or a key of records, by which the campaign's own files call a field of an import."""

    field: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    alias: Text
    note: str  # of which years or files


class FamilyRow(Model):
    """organiser_families.csv: a pattern of names and the family that it tells."""

    family: Slug
    pattern: Annotated[Text, AfterValidator(_pattern)]
    note: str


class ChamberRow(Model):
    """chambers.csv: a body that coordinates regions, from a day to another, where these are known."""

    chamber_id: Slug
    name: Text
    region_2014_codes: Annotated[tuple[str, ...], _regions(2014)]
    region_2016_codes: Annotated[tuple[str, ...], _regions(2016)]
    valid_from: Day
    valid_to: Day
    source_title: str
    source_url: str
    note: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(say("valid_to est avant valid_from"))
        return self


class EditionFigureRow(Model):
    """figures/editions.csv: a published figure of the country."""

    edition: Number
    year: Year
    starts: Day
    ends: Day
    metric: Text
    value: Number
    qualifier: Qualifier
    stage: Annotated[Literal["announced", "final"] | None, Optional]
    headline: Annotated[Literal["yes"] | None, Optional]
    source_title: Text
    source_url: Text
    note: str


class RegionFigureRow(Model):
    """figures/edition_regions.csv: a published figure of a territory."""

    year: YearOrNone
    region: Text
    region_code: str
    metric: Text
    value: Number
    qualifier: Qualifier
    source_title: Text
    source_url: Text
    note: str


class TypeFigureRow(Model):
    """figures/edition_types.csv: a published figure by form, theme or family."""

    year: YearOrNone
    type: Text
    metric: Text
    value: Number
    qualifier: Qualifier
    source_title: Text
    source_url: Text
    note: str


class _OfRegion(Model):
    edition: Year
    nomenclature: Annotated[Regions, BeforeValidator(lambda given: int(given) if given in ("2014", "2016") else given)]
    region_code: str

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.region_code != COUNTRY and self.region_code not in regions_of(self.nomenclature):
            raise ValueError(
                say(
                    "« {region_code} » n'est pas un code de région de {nomenclature}, ni {country}",
                    region_code=self.region_code,
                    nomenclature=self.nomenclature,
                    country=COUNTRY,
                )
            )
        return self


class Target(_OfRegion):
    """targets.csv: how many events a region (or FR) wants in an edition."""

    target: Count


class Declaration(_OfRegion):
    """declarations.csv: how many events outside the file somebody declares for a region (or FR) in an edition."""

    count: Count
    declared_on: Annotated[date, BeforeValidator(_day)]
    source: Annotated[str, AfterValidator(lambda given: _needed(given, "une source est attendue"))]
    note: str


class Subcampaign(Model):
    """subcampaigns.csv: days and themes of an edition that have a name of their own."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    edition: Year
    label_fr: Text
    label_en: str
    from_day: Annotated[Day, Field(alias="from")]
    to_day: Annotated[Day, Field(alias="to")]
    themes: Annotated[tuple[str, ...], BeforeValidator(_themes)]

    @model_validator(mode="after")
    def _has_days_or_themes(self) -> Self:
        if (self.from_day is None) != (self.to_day is None) or not (self.from_day or self.themes):
            raise ValueError(say("deux jours ou des thèmes sont attendus"))
        if self.from_day and self.to_day and self.to_day < self.from_day:
            raise ValueError(say("« to » est avant « from »"))
        return self

    @property
    def code(self) -> str:
        """Its name in an address."""
        plain = unicodedata.normalize("NFKD", self.label_fr.casefold().replace("œ", "oe"))
        return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")

    def label(self, lang: str) -> str:
        """Return its name in a language."""
        return (self.label_en if lang == "en" else "") or self.label_fr


class Scope(Model):
    """The territory that a source's figures by form or theme describe."""

    level: Level
    code: str | None = None
    name: Text


class FileSource(Model):
    """A file's origin."""

    producer: Text
    title: Text
    url: str = ""
    licence: Text
    accessed_on: date
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FigureSource(Model):
    """A published figure's source."""

    producer: str | None = None
    title: Text
    url: Text
    accessed_on: date
    scope: Scope | None = None


class Sources(Model):
    """sources.toml."""

    files: dict[str, FileSource] = Field(default_factory=dict)
    figures: dict[str, FigureSource] = Field(default_factory=dict)


def _needed(given: str, message: str) -> str:
    if not given:
        raise ValueError(message)
    return given
