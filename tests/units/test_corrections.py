"""What a coordinator corrects stands over what a source says: over later imports, in every count, until it is taken back."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish import corrections
from campaign.publish.rollback import rollback
from campaign.store import query
from tests.records import Record, build, events_of, findings_of, record, rows_of

CHOSEN = Filters(editions=(2014,))
DECIDED = datetime(2014, 10, 10, 8, 0, tzinfo=UTC)


def rennes(uid: str, **fields: object) -> Record:
    return record(uid, postcode="35000", city="Rennes", organiser_labels=["Le Relais"], **fields)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder / "campaign.duckdb", [rennes("a"), rennes("b")])
    return folder


@pytest.fixture
def db(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = shutil.copytree(built, tmp_path, dirs_exist_ok=True) / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", path)
    return path


def correct(db: Path, uid: str, field: corrections.Field, value: str, decided_at: datetime = DECIDED) -> str:
    return corrections.correct(
        db, events_of(db, "event_id")[uid], field, value, decided_by="a@exemple.fr", decided_at=decided_at
    )


def counts(by: str, chosen: Filters = CHOSEN) -> dict[str, int]:
    return {row[by]: row["count"] for row in query(f"events_by_{by}", chosen=chosen).rows if row["count"]}


def regions(chosen: Filters = CHOSEN) -> dict[str | None, int]:
    return {row["region_code"]: row["count"] for row in query("events_by_region", chosen=chosen).rows if row["count"]}


def everything(db: Path) -> list[object]:
    """Return all that a file says of its events."""
    tables = ("events", "sessions", "event_organisers", "findings", "event_rollup", "day_rollup", "commune_rollup")
    return [rows_of(db, f"select * from {table} order by all") for table in tables]


@pytest.mark.in_turn
def test_a_type_is_counted_as_corrected_and_undone(db: Path) -> None:
    before = everything(db)
    assert correct(db, "a", "type", "Atelier") == "atelier"
    assert events_of(db, "type") == {"a": "atelier", "b": "conference"}
    assert counts("type") == {"atelier": 1, "conference": 1}
    # the source says the same again of the type, something else of another field
    account = build(db, [rennes("a", description="Précisé"), rennes("b")])
    assert (account.updated, account.unchanged) == (1, 1)
    assert events_of(db, "type", "description")["a"] == ("atelier", "Précisé")
    rollback(db, 2)
    assert counts("type") == {"atelier": 1, "conference": 1}
    corrections.undo(db, "agenda", "a", "type")
    assert everything(db) == before
    assert rows_of(db, "select count(*) from source_states union all select count(*) from corrected_states") == [
        (0,),
        (0,),
    ]


@pytest.mark.in_turn
def test_a_place_is_counted_where_it_was_corrected_to(db: Path) -> None:
    correct(db, "a", "place", "Mairie | 1 place de la Comédie | 69001 Lyon")
    places = events_of(
        db, "venue", "address", "postcode", "commune", "departement_code", "region_2016_code", "place_precision"
    )
    assert places["a"] == ("Mairie", "1 place de la Comédie", "69001", "Lyon 1er Arrondissement", "69", "84", "commune")
    assert places["b"][3:6] == ("Rennes", "35", "53")
    assert regions() == {"53": 1, "82": 1}
    build(db, [rennes("a", description="Précisé"), rennes("b")])
    assert regions() == {"53": 1, "82": 1}
    correct(db, "a", "place", "en ligne")
    assert events_of(db, "attendance_mode", "departement_code", "placement")["a"] == ("online", None, "online")
    with pytest.raises(StoreError, match="n'est pas reconnu"):
        correct(db, "b", "place", "Nullepart-sur-Rien")
    assert events_of(db, "commune")["b"] == "Rennes"


@pytest.mark.in_turn
def test_local_hours_stay_in_a_place_with_another_clock(db: Path) -> None:
    correct(db, "a", "place", "97400 Saint-Denis")
    assert events_of(db, "timezone", "starts_at")["a"] == ("Indian/Reunion", datetime(2014, 11, 5, 14, 0, tzinfo=UTC))


@pytest.mark.in_turn
def test_dates_are_corrected_with_their_edition(db: Path) -> None:
    assert correct(db, "a", "dates", "6 et 7 novembre de 14h à 16h") == (
        "2014-11-06T14:00 -> 2014-11-06T16:00 | 2014-11-07T14:00 -> 2014-11-07T16:00"
    )
    assert events_of(db, "days", "n_sessions")["a"] == ([date(2014, 11, 6), date(2014, 11, 7)], 2)
    assert (
        query("event_totals", chosen=CHOSEN.replace(from_day=date(2014, 11, 6), to_day=date(2014, 11, 6))).one["total"]
        == 1
    )
    correct(db, "a", "dates", "5 novembre 2013")
    assert events_of(db, "edition", "in_campaign")["a"] == (2013, True)
    for value in ("bientôt", "6 novembre de 14h à 16h, ou plus tard"):
        with pytest.raises(StoreError, match="n'a pas été compris"):
            correct(db, "b", "dates", value)


@pytest.mark.in_turn
def test_an_organiser_is_corrected(db: Path) -> None:
    correct(db, "a", "organiser", "La Ressourcerie")
    assert events_of(db, "organiser", "lead_organiser_id")["a"] == ("La Ressourcerie", "la-ressourcerie")
    assert rows_of(db, "select organiser_id from event_organisers order by 1") == [("la-ressourcerie",), ("le-relais",)]
    assert "ressourcerie" in events_of(db, "search_text")["a"]


@pytest.mark.in_turn
def test_what_was_found_of_the_old_value_goes(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a", city="Nullepart-sur-Rien")])
    assert "unlocated" in findings_of(db)["a"]
    correct(db, "a", "place", "Rennes (35)")
    assert findings_of(db) == {}
    corrections.undo(db, "agenda", "a", "place")
    assert findings_of(db)["a"] == {"unlocated"}


@pytest.mark.in_turn
def test_a_correction_that_has_no_object_is_told(db: Path) -> None:
    def states() -> list[str]:
        return query("corrections", with_unpublished=False, lang="fr").column("state")

    correct(db, "a", "type", "atelier")
    assert findings_of(db) == {}
    assert states() == ["applied"]
    # the source has taken it over, then says a third thing
    build(db, [rennes("a", type_label="Atelier"), rennes("b")])
    assert findings_of(db)["a"] == {"correction_redundant"}
    assert states() == ["redundant"]
    build(db, [rennes("a", type_label="Colloque"), rennes("b")])
    assert findings_of(db)["a"] == {"correction_source_changed"}
    assert states() == ["changed"]
    assert events_of(db, "type")["a"] == "atelier"
    # its event is no longer in its source, or never was in this file
    build(db, [rennes("b")], is_full=True)
    assert "correction_without_event" in findings_of(db)["a"]
    (gone,) = query("corrections", with_unpublished=True, lang="fr").rows
    assert (gone["source_uid"], gone["value_label"], gone["state"]) == ("a", "Atelier", "gone")
    assert query("corrections", with_unpublished=False, lang="fr").is_empty
    given = corrections.Correction("agenda", "inconnu", "type", "atelier")
    assert corrections.bring(db, [given]) == 1
    assert ("correction_without_event", "agenda · inconnu : type") in rows_of(
        db, "select kind, detail from findings where event_id is null"
    )


@pytest.mark.in_turn
def test_a_past_view_has_the_corrections_of_its_day(db: Path) -> None:
    correct(db, "a", "type", "atelier")
    correct(db, "a", "place", "69001 Lyon", datetime(2014, 10, 20, 8, 0, tzinfo=UTC))
    # on the 15th the source changed, which the state of the 12th does not have
    changed = [rennes("a", title="Autre titre", updated_at="2014-10-15T10:00:00Z"), rennes("b")]
    build(db, changed, imported_at=datetime(2014, 10, 15, 12, 0, tzinfo=UTC))
    expected = {
        9: ({"conference": 2}, {"53": 2}, "a"),
        10: ({"atelier": 1, "conference": 1}, {"53": 2}, "a"),
        16: ({"atelier": 1, "conference": 1}, {"53": 2}, "Autre titre"),
        20: ({"atelier": 1, "conference": 1}, {"53": 1, "82": 1}, "Autre titre"),
    }
    for day, (types, by_region, title) in expected.items():
        chosen = CHOSEN.replace(as_of=date(2014, 10, day))
        assert counts("type", chosen) == types, day
        assert regions(chosen) == by_region, day
        event = query("event", chosen=chosen, event_id=events_of(db, "event_id")["a"]).one
        assert event["title"] == title, day
    assert query("corrections", with_unpublished=False, lang="fr").column("field") == [
        "place",
        "type",
    ]  # the latest first


@pytest.mark.in_turn
def test_corrections_pass_from_file_to_file(db: Path, tmp_path: Path) -> None:
    correct(db, "a", "type", "atelier")
    correct(db, "b", "place", "69001 Lyon")
    file = tmp_path / "corrections.csv"
    file.write_text(corrections.as_csv(query("corrections", with_unpublished=True, lang="fr").rows), "utf-8")
    other = tmp_path / "other.duckdb"
    build(other, [rennes("a"), rennes("b")])
    assert corrections.bring(other, corrections.read(file)) == 2
    sql = "select * from corrections order by all"
    assert rows_of(other, sql) == rows_of(db, sql)
    assert events_of(other, "type", "commune") == events_of(db, "type", "commune")
    assert query("corrections", with_unpublished=True, lang="fr").column("replaced") == ["conference", "35000 Rennes"]
