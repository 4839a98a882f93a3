"""What people decide of events in a lake: corrections and duplicates are published there, kept over imports, taken back."""

from pathlib import Path

import pytest

from campaign.filters import Filters
from campaign.publish import corrections, decisions
from campaign.store import lake, query
from tests.records import Record, build, events_of, record, rows_of

CHOSEN = Filters(editions=(2014,))


def rennes(uid: str, **fields: object) -> Record:
    return record(uid, postcode="35000", city="Rennes", **fields)


def published(db: Path, *columns: str) -> dict[str, object]:
    """Return columns of the events of the published snapshot, by the source's identifier."""
    return events_of(lake.published(db), *columns)


def total() -> int:
    return int(query("event_totals", chosen=CHOSEN).one["n_events"])


@pytest.mark.thorough
def test_what_people_decide_is_kept_over_an_import(lake_db: Path) -> None:
    build(lake_db, [rennes("a"), rennes("b")])
    corrections.bring(lake_db, [corrections.Correction("agenda", "a", "type", "Atelier")])
    build(lake_db, [rennes("a", description="Précisé"), rennes("b")])
    assert published(lake_db, "type", "description")["a"] == ("atelier", "Précisé")
    assert [row["field"] for row in query("corrections", lang="fr", with_unpublished=True).rows] == ["type"]


@pytest.mark.thorough
def test_each_decision_is_kept_over_an_import_and_taken_back(lake_db: Path) -> None:
    """Once over a lake; what a file holds of each field and of each refusal is held in tests/units/test_corrections.py."""
    build(lake_db, [rennes("a"), rennes("b")])
    ids = published(lake_db, "event_id")
    before = total()
    given: tuple[tuple[corrections.Field, str], ...] = (
        ("type", "Atelier"),
        ("place", "29200 Brest"),
        ("dates", "6 novembre 2014 de 14h à 16h"),
        ("organiser", "La Ressourcerie"),
    )
    corrections.bring(lake_db, [corrections.Correction("agenda", "a", field, value) for field, value in given])
    corrected = ("atelier", "Brest", "La Ressourcerie")
    assert decisions.decide_duplicate(lake_db, str(ids["b"]), str(ids["a"]), "accepted") == before - 1
    build(lake_db, [rennes("a", description="Précisé"), rennes("b")])
    assert published(lake_db, "type", "commune", "organiser")["a"] == corrected
    assert published(lake_db, "description")["a"] == "Précisé"
    assert {row["field"] for row in query("corrections", lang="fr", with_unpublished=True).rows} == {
        field for field, _ in given
    }
    assert total() == before - 1
    corrections.undo(lake_db, "agenda", "a", "place")
    assert decisions.undo_duplicate(lake_db, str(ids["b"]), str(ids["a"])) == before
    assert published(lake_db, "type", "commune")["a"] == ("atelier", "Rennes")
    assert rows_of(lake.published(lake_db), "select count(*) from duplicate_decisions") == [(0,)]
