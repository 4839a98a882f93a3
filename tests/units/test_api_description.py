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

from campaign import filters, web
from campaign.api import description, schemas
from campaign.api.parameters import DIMENSIONS
from campaign.core.settings import settings
from campaign.exports import columns, files
from tests import samples
from tools.reference import NO_CODES

DOCUMENTS = (
    "/kits/presse.zip",
    "/reports/bilan.{extension}",
    "/programme.pdf",
    "/figures/{name}.{extension}",
    "/apercu/{path}.png",
)
PATHS = (
    "/healthz",
    *(f"/api/v1/events.{form}" for form in (*files.WRITTEN, "duckdb")),
    *(f"/api/v1/{name}.json" for name in ("counts", "figures", "openapi")),
    "/api/v1/findings.xlsx",
    "/api/v1/events/{event_id}.ics",
    "/ask.json",
    "/near.json",
    "/communes.json",
    "/alerts.atom",
    "/badge/france.svg",
    "/badge/region/{code}.svg",
    *DOCUMENTS,
    "/programme.txt",
    "/embed/{name}",
    "/robots.txt",
    "/sitemap.xml",
)
# Routes that are no address of their own, each with its reason.
NOT_DESCRIBED = {
    "/api": "refuses what is no address", "/api/{rest:path}": "the same", "/badge": "the same", "/badge/{rest:path}": "the same",
    "/figures/{rest:path}": "the same", "/kits/{rest:path}": "the same", "/reports/{rest:path}": "the same",
    "/apercu/{rest:path}": "the same", "/embed/{rest:path}": "the same",
    "/embed/fonts": "files that a frame asks for by itself", "/assets": "files that a page asks for by itself",
    "/assets/icon.png": "the same",
}  # fmt: skip

TAKES_ANYTHING = (
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/apercu/{path}.png",
)  # as a page does; probes add parameters
NO_PARAMETERS = ("/api/v1/openapi.json", "/api/v1/events.duckdb")
CASES = [
    pytest.param(path, mode, id=f"{path} {mode.value}")
    for path in PATHS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or path not in (*NO_PARAMETERS, *TAKES_ANYTHING)
]

# A schema cannot say that `to` follows `from`, that a region is of the chosen nomenclature, or list all communes, organisers and
# cursors: what is well formed may still be refused, and then the description must say so in words (below).
EXCLUDED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def described(served_at: str, demo_db: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "db", demo_db)
        yield schemathesis.openapi.from_url(f"{served_at}/api/v1/openapi.json")


@pytest.mark.rows(every=3)
@pytest.mark.parametrize(("path", "mode"), CASES)
def test_answers_are_as_described(described: Any, path: str, mode: GenerationMode) -> None:
    operation = described[path]["GET"]
    refusable = {
        each["name"]
        for each in parameters_of(described.raw_schema, path)
        if "x-refused" in each and each["in"] == "query"
    }
    daily = 1 if path in DOCUMENTS else 3

    @examples(
        max_examples=100 if samples.is_full else daily,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        answer = case.call_and_validate(excluded_checks=EXCLUDED)
        if mode is GenerationMode.POSITIVE and answer.status_code == 400:
            assert answer.json()["parameter"] in refusable, answer.json()["detail"]

    answered()


def parameters_of(document: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """Return the parameters of an address, as described."""
    references = document["paths"][path]["get"]["parameters"]
    return [document["components"]["parameters"][each["$ref"].rpartition("/")[2]] for each in references]


def test_every_route_is_described_or_has_a_reason_not_to_be() -> None:
    answered = {getattr(route, "path", "") for route in web.routes()}
    document = description.described("", NO_CODES)
    assert answered - set(document["paths"]) == set(NOT_DESCRIBED)
    assert set(document["paths"]) <= answered


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/counts.json?edition=2014&region=76", "region"), ("/api/v1/counts.json?edition=2014&edition=all", "edition"),
        ("/api/v1/counts.json?from=2014-11-05&to=2014-11-01", "to"), ("/kits/presse.zip?region=53&region=11", "region"),
        ("/reports/bilan.pdf?edition=all", "edition"), ("/api/v1/counts.json?subcampaign={}&theme=finance", "subcampaign"),
    ],
)  # fmt: skip
def test_what_is_refused_together_is_said(client: httpx.Client, address: str, parameter: str) -> None:
    document = client.get("/api/v1/openapi.json").json()
    code = document["components"]["parameters"]["subcampaign"]["schema"].get("enum", ["aucun"])[0]
    theme = document["components"]["parameters"]["theme"]["schema"]["items"]["enum"][0]
    refused = client.get(address.format(code).replace("theme=finance", f"theme={theme}"))
    assert refused.status_code == 400
    assert refused.json()["parameter"] == parameter
    assert "x-refused" in document["components"]["parameters"][parameter]
    assert f"`{parameter}` :" in document["info"]["description"]


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
