"""Overseas collectivities are of no region: counts hold them in the row of none, pages name them, and sums add up."""

import re
from pathlib import Path
from typing import Final

import pytest

from campaign import store
from campaign.analysis import beyond
from campaign.core.settings import settings
from campaign.exports import counts
from campaign.filters import Filters, parse
from campaign.wording.labels import COLLECTIVITIES
from tests.pages.conftest import draw_page
from tests.records import Record, build, record, rows_of

PLACES: Final[dict[str, tuple[str, Record]]] = {
    "Saint-Martin by postcode": ("MF", {"postcode": "97150", "city": "Saint-Martin"}),
    "Saint-Martin by code": ("MF", {"commune_code": "97801"}),
    "Saint-Martin by its code of 2007": ("MF", {"commune_code": "97127"}),
    "Saint-Martin by pin": ("MF", {"lat": 18.07, "lon": -63.08}),
    "Saint-Barthélemy": ("BL", {"city": "Saint-Barthélemy"}),
    "Saint-Barthélemy by pin": ("BL", {"lat": 17.9, "lon": -62.83}),
    "Miquelon": ("PM", {"postcode": "97500", "city": "Miquelon-Langlade", "country_code": "FR"}),
    "Papeete": ("PF", {"city": "Papeete", "country_code": "pf"}),
    "Nouméa": ("NC", {"postcode": "98800", "city": "Nouméa"}),
    "Nouméa by pin": ("NC", {"lat": -22.27, "lon": 166.44}),
    "Wallis": ("WF", {"city": "Wallis-et-Futuna"}),
}
ELSEWHERE: Final[dict[str, Record]] = {
    "Rennes": {"commune_code": "35238"},
    "Baillif, whose postcode was a code": {"postcode": "97123", "city": "Baillif"},
    "Philipsburg": {"city": "Philipsburg", "country_code": "SX", "lat": 18.02, "lon": -63.05},
    "nowhere": {},
    "online": {"attendance_mode": "online"},
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("beyond") / "campaign.duckdb"
    rows = [
        record(f"{year} {name}", timings=[(f"{year}-11-05T18:00", f"{year}-11-05T20:00")], type_label=kind, **place)
        for year, kind in ((2014, "Conférence"), (2025, "Atelier"))
        for name, place in {**{name: place for name, (_code, place) in PLACES.items()}, **ELSEWHERE}.items()
    ]
    assert build(path, rows).rejected == 0
    return path


@pytest.fixture(autouse=True)
def reading(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", file)


@pytest.mark.in_turn
def test_each_is_known_however_it_is_named(file: Path) -> None:
    countries = dict(rows_of(file, "select source_uid, country_code from events where edition = 2025"))
    assert {name: countries[f"2025 {name}"] for name in PLACES} == {
        name: code for name, (code, _place) in PLACES.items()
    }
    assert not {countries[f"2025 {name}"] for name in ELSEWHERE} & COLLECTIVITIES.keys()


@pytest.mark.parametrize("unit", ["events", "sessions", "days"])
def test_they_are_part_of_the_row_of_no_region(unit: str) -> None:
    chosen = Filters(editions=(2025,), unit=unit)
    held = beyond.totals(beyond.counts(chosen))
    assert held == {"PM": 1, "MF": 4, "BL": 2, "NC": 2, "WF": 1, "PF": 1}
    for dimension in ("region", "departement"):
        none = next(row for row in counts.rows((dimension,), chosen) if row[dimension] is None)
        assert none["count"] == sum(held.values()) + 3  # Philipsburg, nowhere, online
    assert store.query("event_totals", chosen=chosen.replace(collectivities=("MF",))).one["total"] == 4
    assert parse([("collectivity", "MF")]).collectivities == ("MF",)


def test_how_complete_they_are_adds_up_over_years_and_types() -> None:
    rows = {row["country_code"]: row for row in beyond.completeness(Filters())}
    assert {code: row["n_events"] for code, row in rows.items()} == {
        "PM": 2,
        "MF": 8,
        "BL": 4,
        "NC": 4,
        "WF": 2,
        "PF": 2,
    }
    assert {code: row["timed"] for code, row in rows.items()} == {code: row["n_events"] for code, row in rows.items()}
    assert [row["described"] for row in rows.values()] == [0] * 6


def cells(html: str, caption: str) -> list[list[str]]:
    """Return the texts of a table's rows."""
    table = next(each for each in re.findall(r"<table.*?</table>", html, re.S) if caption in each)
    rows = re.findall(r"<tr.*?</tr>", table, re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)] for row in rows
    ]


@pytest.mark.parametrize(
    ("key", "caption", "name_column", "count_columns"),
    [
        ("regions", "Classement des régions", 1, slice(2, 3)),
        ("types", "Événements par région et par type", 0, slice(1, None)),
        ("quality", "Remplissage par champ", 0, slice(1, 2)),
    ],
)
def test_pages_list_them_by_name_and_add_up(key: str, caption: str, name_column: int, count_columns: slice) -> None:
    rows = cells(draw_page(key, edition="2025").html, caption)[1:]
    body = [row for row in rows if row[name_column] not in ("Total", "Ensemble")]
    n_by_name = {row[name_column]: sum(int(cell or 0) for cell in row[count_columns]) for row in body}
    assert {
        COLLECTIVITIES[code]: n for code, n in (("PM", 1), ("MF", 4), ("BL", 2), ("NC", 2), ("WF", 1), ("PF", 1))
    }.items() <= n_by_name.items()
    assert sum(n_by_name.values()) == len(PLACES) + len(ELSEWHERE)


def test_the_agenda_narrows_to_one(file: Path) -> None:
    html = draw_page("agenda", edition="2025").html
    assert 'data-facet="collectivity" data-code="MF"><span>Saint-Martin</span> <b>4</b>' in html
    ((event_id,),) = rows_of(file, "select event_id from events where source_uid = '2025 Nouméa'")
    text = draw_page("agenda", edition="2025", event=event_id).text
    assert "98800 Nouméa, Nouvelle-Calédonie" in text, text


CLOCKS: Final = {
    "MF": "America/Marigot",
    "BL": "America/St_Barthelemy",
    "PM": "America/Miquelon",
    "NC": "Pacific/Noumea",
    "WF": "Pacific/Wallis",
    "PF": "Pacific/Tahiti",
}


def test_an_hour_is_that_of_the_clock_there(file: Path) -> None:
    sql = "select country_code, timezone, timezone(timezone, starts_at)::varchar from events where country_code in ?"
    clocks = set(rows_of(file, sql.replace("?", str(tuple(CLOCKS)))))
    assert clocks == {(code, zone, f"{year}-11-05 18:00:00") for code, zone in CLOCKS.items() for year in (2014, 2025)}
    assert COLLECTIVITIES.keys() - CLOCKS.keys() == {"TF"}  # no commune, no postcode that an event was seen with
