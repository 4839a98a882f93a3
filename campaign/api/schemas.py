"""The shapes of JSON answers as pydantic models, from which the description takes its schemas.

Answers are not validated on their way out, which would cost more than the query: tests hold them against these shapes.
"""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from campaign.exports.columns import DICTIONARY, Kind, Meaning
from campaign.filters import ATTENDANCE_MODES, UNITS
from campaign.profile.values import FIRST_YEAR, LAST_YEAR

Json = dict[str, Any]

REF: Final = "#/components/schemas/{model}"

Count = Annotated[int, Field(ge=0)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Regions = Literal[2014, 2016]


class Answer(BaseModel):
    """An object without any other member."""

    model_config = ConfigDict(extra="forbid")


class About(Answer):
    """What every list says of the file that it was read from."""

    data_date: datetime | None
    source: str
    licences: list[str]
    is_demo: bool


class SourceHealth(Answer):
    """A followed source."""

    name: str
    status: Literal["ok", "held", "failed", "paused", "never"]
    last_success: datetime | None


class Health(Answer):
    """`/healthz`."""

    status: Literal["ok"]
    data_date: datetime | None
    editions: list[Year]
    current: int | None
    nomenclature: Regions
    events: Count
    is_demo: bool
    profile: str
    sources: list[SourceHealth]
    stale: Annotated[bool, Field(description="Une source suivie n'a pas été lue depuis deux fois le temps prévu.")]


class Description(BaseModel):
    """`/api/v1/openapi.json`."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]


KINDS: Final[dict[Kind, Any]] = {
    "text": str,
    "texts": list[str],
    "integer": int,
    "number": float,
    "boolean": bool,
    "instant": datetime,
}
# Columns of which more is known than their kind.
NARROWED: Final[dict[str, Any]] = {
    "edition": Year,
    "n_sessions": Count,
    "lat": Annotated[float, Field(ge=-90, le=90)],
    "lon": Annotated[float, Field(ge=-180, le=180)],
    "place_precision": Literal["address", "commune", "departement", "region", "online", "unknown"],
    "attendance_mode": Annotated[str, Field(json_schema_extra={"enum": list(ATTENDANCE_MODES)})],
    "status": Literal["scheduled", "rescheduled", "moved_online", "postponed", "full"],
}


def _field(name: str, of: Meaning) -> Any:
    kind = NARROWED.get(name, KINDS[of.kind])
    return (kind | None if of.is_optional else kind, Field(description=of.description))


# One field per column of the dictionary, which is the only list of them.
Event: Any = create_model(
    "Event",
    __base__=Answer,
    __doc__="A public event.",
    **{name: _field(name, of) for name, of in DICTIONARY.items()},
)


class EventPage(About):
    """`/api/v1/events.json`."""

    total: Count
    after: str | None
    events: list[Event]


class CountedRow(Answer):
    """A row of counts; it has the dimensions that were asked for, and their labels."""

    edition: int | None = None
    region: str | None = None
    departement: str | None = None
    type: str | None = None
    theme: str | None = None
    day: date | None = None
    label: str | None = None
    edition_label: str | None = None
    region_label: str | None = None
    departement_label: str | None = None
    type_label: str | None = None
    theme_label: str | None = None
    day_label: str | None = None
    count: Annotated[int, Field(ge=1)]


class Counts(About):
    """`/api/v1/counts.json`."""

    unit: Annotated[str, Field(json_schema_extra={"enum": list(UNITS)})]
    nomenclature: Regions
    filters: Annotated[str, Field(description="Le choix en toutes lettres, dans la langue de `lang`.")]
    total: Count
    located: Count
    online: Count
    unlocated: Count
    overlapping: bool
    rows: list[CountedRow]


class Point(Answer):
    """A place: longitude, then latitude."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(Answer):
    """An event on a map."""

    type: Literal["Feature"]
    id: str
    geometry: Point | None
    properties: Event


class FeatureCollection(About):
    """`/api/v1/events.geojson`."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


class FigureSource(Answer):
    """Where a figure was published."""

    source_id: str
    title: str | None
    producer: str | None
    url: str | None
    accessed_on: date | None


class Figure(Answer):
    """A figure as it was published."""

    figure_id: int
    edition: int | None
    territory_level: Literal["country", "region_2014", "region_2016", "other"]
    territory_code: str | None
    territory_name: str
    category: str | None
    metric: str
    value: int | None
    qualifier: str | None
    stage: str | None
    is_headline: bool
    note: str | None
    source: FigureSource


class Figures(Answer):
    """`/api/v1/figures.json`."""

    figures: list[Figure]
    data_date: datetime | None


class View(Answer):
    """A view that answers a question: `title` is its number with all its filters in words, `href` its address."""

    page: str
    page_label: str
    title: str
    href: str
    count: int | None
    is_within: bool


class Correction(Answer):
    """A word with a slip, and how it was read."""

    word: str
    meant: str


class Answers(Answer):
    """`/ask.json`: the best view first; `searched` are the words that were not understood and are searched in the texts."""

    answers: list[View]
    searched: str
    left_out: list[str]
    corrected: list[Correction]


class Nearest(Answer):
    """`/near.json`: the commune."""

    code: str
    name: str


class Suggestion(Answer):
    """A commune that may be meant, with its postcode."""

    text: str
    departement: str


class Communes(Answer):
    """`/communes.json`: the most probable first."""

    places: list[Suggestion]


class Problem(Answer):
    """What went wrong (RFC 9457); `parameter` names the one that was refused."""

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    parameter: str = ""


ANSWERS: Final[tuple[type[BaseModel], ...]] = (
    Health,
    Description,
    EventPage,
    Counts,
    FeatureCollection,
    Figures,
    Problem,
    Answers,
    Nearest,
    Suggestion,
    Communes,
)


class Shapes(GenerateJsonSchema):
    """Schemas of what is sent: without defaults, titles and docstrings, which are for whoever reads the code."""

    def model_schema(self, schema: Any) -> Json:
        """Return the schema of a model."""
        return {key: of for key, of in super().model_schema(schema).items() if key not in ("title", "description")}

    def default_schema(self, schema: Any) -> Json:
        """Return the schema of a field that may be absent."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave the titles of fields out."""
        return False


@cache
def schemas() -> Json:
    """Return the named shapes, as JSON Schema 2020-12."""
    models = [(model, "validation") for model in ANSWERS]
    _names, definitions = models_json_schema(models, ref_template=REF, schema_generator=Shapes)  # type: ignore[arg-type]
    shapes: Json = definitions["$defs"]
    return shapes
