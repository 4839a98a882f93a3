"""A file small enough to be counted on fingers, built by the project's own path."""

from pathlib import Path

import pytest

from campaign.core.settings import settings
from tests.records import build, record

# Each line is an event; the tests of test_tiny.py count them by eye.
TINY = [
    # 2014, located
    record("1", title="Forum", conditions="Entrée libre", accessibility=["mi", "hi"], age_min=6, age_max=11,
           postcode="35000", city="Rennes", lat=48.111, lon=-1.678, organiser_labels=["Alpha"],
           theme_labels=["Culture"]),
    record("2", type_label="Atelier", postcode="35000", city="Rennes", organiser_labels=["ALPHA", "Delta"],
           theme_labels=["Sport", "Culture"],
           timings=[("2014-11-05T10:00", "2014-11-05T11:00"), ("2014-11-06T10:00", "2014-11-06T11:00")]),
    record("3", title="100 % solidaire", conditions="5 €, gratuit pour les adhérents", age_min=18,
           postcode="69003", city="Lyon", organiser_labels=["Beta"],
           created_at="2014-11-01T00:00:00Z", timings=[("2014-11-12T18:00", None)]),
    record("6", conditions="Gratuit", age_max=14, postcode="75011", city="Paris",
           organiser_labels=["Gamma"], timings=[("2014-11-07T22:00", "2014-11-08T02:00")]),
    record("7", status="postponed", postcode="75000", city="Paris", timings=[("2014-11-08T18:00", None)]),
    record("10", attendance_mode="mixed", postcode="35000", city="Rennes", timings=[("2014-11-15T18:00", None)]),
    record("16", postcode="97400", city="Saint-Denis", timings=[("2014-11-09T23:00", "2014-11-09T23:30")]),
    record("17", postcode="97150", city="Saint-Martin", lat=18.07, lon=-63.08, timings=[("2014-11-13T18:00", None)]),
    record("18", city="Bruxelles", country_code="BE", lat=50.85, lon=4.35, timings=[("2014-11-14T18:00", None)]),
    record("19", title="Exposition d'été à l’Œuvre", postcode="67000", city="Strasbourg", timings=[("2014-11-01", "2014-11-30")]),
    record("20", postcode="35000", city="Rennes", timings=[("2014-10-15T18:00", None)]),
    record("25", postcode="69003", city="Lyon", timings=[], edition_hint=2014),
    record("26", postcode="44000", city="Nantes", lat=-1.55, lon=47.218, timings=[("2014-11-25T18:00", None)]),
    # 2014, online
    record("8", attendance_mode="online", organiser_labels=["Alpha"], timings=[("2014-11-10T18:00", None)]),
    record("9", status="moved_online", postcode="35000", city="Rennes", timings=[("2014-11-11T18:00", None)]),
    # 2014, unlocated
    record("11", attendance_mode="mixed", timings=[("2014-11-15T18:00", None)]),
    record("12", departement_label="Rhône", timings=[("2014-11-20T18:00", None)]),
    record("13", region_label="Alsace", timings=[("2014-11-20T18:00", None)]),
    record("14", region_label="Grand Est", timings=[("2014-11-21T18:00", None)]),
    record("15", status="full", timings=[("2014-11-22T18:00", None)]),
    # 2013
    record("22", postcode="35000", city="Rennes", organiser_labels=["Alpha"], timings=[("2013-11-05T18:00", None)]),
    record("23", postcode="69003", city="Lyon", timings=[("2013-11-06T18:00", None)]),
    record("24", postcode="20000", city="Ajaccio", timings=[("2013-11-20T18:00", None), ("2014-11-20T18:00", None)]),
    # not counted
    record("4", status="cancelled", postcode="69003", city="Lyon"),
    record("5", is_published=False, postcode="69003", city="Lyon"),
    record("21", postcode="69003", city="Lyon", timings=[("2014-03-05T18:00", None)]),
]  # fmt: skip


@pytest.fixture(scope="session")
def tiny_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the 26 records above."""
    path = tmp_path_factory.mktemp("tiny") / "campaign.duckdb"
    build(path, TINY)
    return path


@pytest.fixture
def reading_tiny(tiny_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read the file of 26 records."""
    monkeypatch.setattr(settings(), "db", tiny_db)
    return tiny_db
