"""Every public address, as of a day, answers what it answered that evening, or refuses to and says so."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import httpx
import pytest
from starlette.routing import Route

from campaign import web
from campaign.core.settings import settings
from campaign.drawings.catalogue import DRAWINGS
from campaign.exports import files
from tests.dated import DAY, LATER, Dated
from tests.records import rows_of

# Addresses that read the shared filters, each as it is asked; {event} is an event that changed later.
DATED: Final = {
    "/api/v1/events.json": ["/api/v1/events.json"],
    **{f"/api/v1/events.{form}": [f"/api/v1/events.{form}"] for form in files.FORMATS},
    "/api/v1/events/{event_id}.ics": ["/api/v1/events/{event}.ics"],
    "/api/v1/counts.json": [f"/api/v1/counts.json?by={by}" for by in ("region", "type", "day", "theme", "departement")],
    "/figures/{name}.{extension}": [f"/figures/{name}.csv" for name in DRAWINGS] + ["/figures/carte.svg", "/figures/rythme.svg"],
    "/programme.pdf": ["/programme.pdf"],
    "/programme.txt": ["/programme.txt"],
    "/apercu/{path}.png": ["/apercu/accueil.png", "/apercu/presse.png"],
    "/embed/{name}": ["/embed/records", "/embed/editions"],
}  # fmt: skip
# Those that describe the file of today.
REFUSED: Final = {
    "/api/v1/events.duckdb": "/api/v1/events.duckdb",
    "/api/v1/figures.json": "/api/v1/figures.json",
    "/api/v1/findings.xlsx": "/api/v1/findings.xlsx",
    "/badge/france.svg": "/badge/france.svg",
    "/badge/region/{code}.svg": "/badge/region/53.svg",
    "/kits/presse.zip": "/kits/presse.zip",
    "/reports/bilan.{extension}": "/reports/bilan.pdf",
}
# Those that read no events by the filters.
WITHOUT: Final = {
    "/healthz",
    "/api/v1/openapi.json",
    "/near.json",
    "/ask.json",
    "/communes.json",
    "/alerts.atom",
    "/api",
    "/badge",
    "/robots.txt",
    "/sitemap.xml",
    "/assets/icon.png",
}


def fetch(served_at: str, file: Path, today: date, path: str, monkeypatch: pytest.MonkeyPatch) -> httpx.Response:
    monkeypatch.setattr(settings(), "db", file)
    monkeypatch.setattr(settings(), "today", today)
    (event,) = rows_of(file, "select event_id from events where source_uid = '2014-82-13'")[0]
    sign = "&" if "?" in path else "?"
    return httpx.get(f"{served_at}{path.replace('{event}', event)}{sign}as_of={DAY}", timeout=60)


def content(response: httpx.Response) -> object:
    """Return what an answer holds; of a workbook its sheets, without the moment of writing."""
    assert response.status_code == 200, response.text
    if "spreadsheetml" in response.headers["content-type"]:
        book = zipfile.ZipFile(io.BytesIO(response.content))
        return {name: book.read(name) for name in book.namelist() if not name.startswith("docProps/")}
    return response.content


@pytest.mark.matrix(every=4)
@pytest.mark.parametrize("path", [path for paths in DATED.values() for path in paths])
def test_an_answer_as_of_a_day_is_that_of_the_day(
    served_at: str, dated: Dated, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = fetch(served_at, dated.full, LATER, path, monkeypatch)
    then = fetch(served_at, dated.cut, DAY, path, monkeypatch)
    assert content(now) == content(then)
    assert now.headers.get("content-disposition") == then.headers.get("content-disposition")


@pytest.mark.parametrize("path", REFUSED.values())
def test_what_is_of_today_only_refuses_another_day(
    served_at: str, dated: Dated, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = fetch(served_at, dated.full, LATER, path, monkeypatch)
    assert answer.status_code == 400
    assert "ne se lit pas à une date passée" in answer.json()["detail"]


def test_every_address_is_one_or_the_other() -> None:
    known = DATED.keys() | REFUSED.keys() | WITHOUT
    paths = {route.path for route in web.routes() if isinstance(route, Route)}
    assert {path for path in paths if "{rest:path}" not in path} == known
