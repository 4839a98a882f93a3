"""The description says what the addresses do: every answer is held against it, for thousands of made-up requests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from campaign import filters
from campaign.api import schemas
from campaign.api.parameters import DIMENSIONS
from campaign.core.settings import settings
from campaign.exports import columns, files
from tests import samples

PATHS = (
    "/healthz",
    *(f"/api/v1/events.{form}" for form in (*files.WRITTEN, "duckdb")),
    *(f"/api/v1/{name}.json" for name in ("counts", "figures", "openapi")),
    "/api/v1/findings.xlsx",
    "/api/v1/events/{event_id}.ics",
    "/ask.json",
    "/badge/france.svg",
    "/badge/region/{code}.svg",
)

NO_PARAMETERS = ("/healthz", "/api/v1/openapi.json", "/api/v1/events.duckdb")
CASES = [
    pytest.param(path, mode, id=f"{path} {mode.value}")
    for path in PATHS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or path not in NO_PARAMETERS
]

# A description cannot say that `to` follows `from`, that a region is of the chosen nomenclature, or list all communes,
# organisers and cursors: what is well formed may still be refused.
EXCLUDED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def described(served_at: str, demo_db: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "db", demo_db)
        yield schemathesis.openapi.from_url(f"{served_at}/api/v1/openapi.json")


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_answers_are_as_described(described: Any, path: str, mode: GenerationMode) -> None:
    @examples(max_examples=samples.examples(25), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        case.call_and_validate(excluded_checks=EXCLUDED)

    answered()


def test_the_description_names_every_address_filter_and_column(client: httpx.Client) -> None:
    body = client.get("/api/v1/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    assert set(body["paths"]) == set(PATHS)
    parameters = body["components"]["parameters"]
    assert set(filters.names()) < set(parameters)
    assert parameters["by"]["schema"]["items"]["enum"] == list(DIMENSIONS)
    assert list(body["components"]["schemas"]["Event"]["properties"]) == list(columns.COLUMNS)
    for name, shape in body["components"]["schemas"].items():
        Draft202012Validator.check_schema(shape)
        assert shape["type"] == "object", name
        assert shape.keys() <= {"type", "properties", "required", "additionalProperties"}, name  # no docstring goes out


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/healthz", schemas.Health), ("/api/v1/openapi.json", schemas.Description),
        ("/api/v1/events.json?limit=500", schemas.EventPage), ("/api/v1/events.geojson", schemas.FeatureCollection),
        ("/api/v1/counts.json?by=region&by=type", schemas.Counts), ("/api/v1/counts.json?by=day", schemas.Counts),
        ("/api/v1/figures.json", schemas.Figures), ("/api/v1/rien", schemas.Problem),
        ("/api/v1/counts.json?by=rien", schemas.Problem),
    ],
)  # fmt: skip
def test_the_models_take_the_real_answers(client: httpx.Client, path: str, model: type[BaseModel]) -> None:
    model.model_validate_json(client.get(path).content)


def test_every_described_code_is_taken(client: httpx.Client) -> None:
    parameters = client.get("/api/v1/openapi.json").json()["components"]["parameters"]
    for name in ("departement", "type", "theme", "attendance_mode"):
        codes = parameters[name]["schema"]["items"]["enum"]
        assert codes
        answer = client.get("/api/v1/counts.json", params=[(name, code) for code in codes])
        assert answer.status_code == 200, name
    for code in parameters["code"]["schema"]["enum"]:
        assert client.get(f"/badge/region/{code}.svg").status_code == 200
