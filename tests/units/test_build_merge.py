"""What comes again: unchanged, updated with its history, repeated in one file; and back to before an import."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from campaign.core.errors import AssertionFailedError, StoreError
from campaign.publish import demonstration, pipeline
from campaign.publish.rollback import rollback
from campaign.store import describe, identity_of
from tests.records import TEST_OPTIONS, Record, build, events_of, findings_of, record, rows_of, stage

TABLES = (
    "events",
    "sessions",
    "event_organisers",
    "organisers",
    "themes",
    "findings",
    "imports",
    "event_rollup",
    "rejects",
)
LATER = datetime(2014, 10, 20, 8, 0, tzinfo=UTC)


def content(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of the tables that imports fill."""
    return {table: rows_of(db, f"select * from {table} order by all") for table in TABLES}


def without_numbers(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the same without the numbers of imports."""
    rows = {}
    for table in TABLES:
        columns = [
            name for (name,) in rows_of(db, f"select column_name from (describe {table})") if "import_id" not in name
        ]
        rows[table] = rows_of(db, f"select {', '.join(columns)} from {table} order by all")
    return rows


def program() -> list[Record]:
    return [
        record(
            "a", title="Forum des associations", organiser_labels=["Maison des associations", "Ville de Rennes"],
            theme_labels=["Culture & loisirs"], postcode="35000", city="Rennes",
            timings=[("2014-11-05T10:00", "2014-11-05T12:00"), ("2014-11-06T10:00", "2014-11-06T12:00")],
        ),
        record("b", title="Café débat", organiser_labels=["Le Café"], postcode="69003", city="Lyon"),
        record("c", title="Portes ouvertes", departement_label="Rhône"),
        record("d", title="Marché", is_published=False),
    ]  # fmt: skip


def changed() -> list[Record]:
    rows = program()
    rows[0] |= {
        "title": "Forum des associations, reporté", "status": "postponed", "organiser_labels": ["Ville de Rennes"],
        "timings": [("2014-11-12T10:00", "2014-11-12T12:00")], "updated_at": "2014-10-15T10:00:00Z",
    }  # fmt: skip
    return [*rows[:3], record("e", title="Nouveau", organiser_labels=["Les Nouveaux"], theme_labels=["Sport"])]


def test_the_account_sums(tmp_path: Path) -> None:
    def rejected(connection: Any) -> None:
        connection.execute(
            "insert into staged_rejects by name select 'essai.csv' as file, 9 as line, 'title' as field, 'title_missing' as reason"
        )

    account = build(tmp_path / "campaign.duckdb", program(), more=rejected)
    assert account.as_json() == {
        "read": 5, "new": 4, "updated": 0, "unchanged": 0, "rejected": 1, "types": {"guessed": 0, "autre": 0},
        "warnings": {"unlocated": 2, "unpublished": 1}, "import_id": 1, "edition": None,
    }  # fmt: skip
    assert rows_of(tmp_path / "campaign.duckdb", "select * from rejects") == [
        (1, "essai.csv", 9, "title", None, "title_missing")
    ]


@pytest.mark.in_turn
def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    before = content(db)
    account = build(db, program(), imported_at=LATER)
    assert (account.new, account.updated, account.unchanged) == (0, 0, 4)
    after = content(db)
    unchanged = set(TABLES) - {"events", "imports"}
    assert {table: after[table] for table in unchanged} == {table: before[table] for table in unchanged}
    assert set(events_of(db, "first_import_id", "last_import_id").values()) == {(1, 2)}
    assert rows_of(db, "select * from event_versions") == []


@pytest.mark.in_turn
def test_another_order_or_spelling_of_instants_is_no_change(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = program()
    build(db, rows)
    rows[0]["timings"] = [
        ("2014-11-06T10:00:00+01:00", "2014-11-06T12:00:00+01:00"), ("2014-11-05T09:00:00Z", "2014-11-05T11:00:00Z"),
    ]  # fmt: skip
    assert build(db, rows).unchanged == 4


@pytest.mark.in_turn
def test_a_changed_row_is_updated_and_keeps_what_it_was(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    account = build(db, changed(), imported_at=LATER)
    assert (account.new, account.updated, account.unchanged) == (1, 1, 2)
    ((changed_fields, title, sessions, organisers),) = rows_of(
        db, "select changed_fields, was.title, sessions, organisers from event_versions"
    )
    assert sorted(changed_fields) == ["organiser", "sessions", "status", "title"]
    assert title == "Forum des associations"
    assert len(sessions) == 2
    assert [o["role"] for o in organisers] == ["lead", "partner"]
    assert events_of(db, "title", "n_sessions", "first_import_id", "last_import_id")["a"] == (
        "Forum des associations, reporté", 1, 1, 2,
    )  # fmt: skip
    assert (
        len(
            rows_of(db, "select * from sessions where event_id in (select event_id from events where source_uid = 'a')")
        )
        == 1
    )


CHANGES: dict[str, object] = {
    "description": "Autre texte", "conditions": "Gratuit", "url": "https://exemple.org", "age_min": 6,
    "accessibility": ["mi"], "venue": "Salle", "city": "Bruz", "is_published": False, "status": "full",
    "organiser_labels": ["Maison des associations"], "theme_labels": ["Sport"], "type_label": "Atelier",
    "attendance_mode": "online", "timings": [("2014-11-05T10:00", "2014-11-05T12:00"), ("2014-11-06T10:00", "2014-11-06T13:00")],
}  # fmt: skip


@pytest.mark.in_turn
def test_every_field_makes_a_change(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    before = [program()[0] | {"source_uid": uid} for uid in (*CHANGES, "none")]
    build(db, before)
    after = [
        row | ({row["source_uid"]: CHANGES[row["source_uid"]]} if row["source_uid"] in CHANGES else {})
        for row in before
    ]
    assert build(db, after, imported_at=LATER).updated == len(CHANGES)
    changed = rows_of(db, "select distinct source_uid from event_versions inner join events using (event_id)")
    assert {uid for (uid,) in changed} == set(CHANGES)


@pytest.mark.in_turn
def test_a_record_repeated_in_one_import_stands_once(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    old = record("a", title="Ancien", updated_at="2014-09-01T00:00:00Z")
    new = record("a", title="Nouveau", updated_at="2014-09-02T00:00:00Z")
    for n, expected in enumerate(((1, 1, 1), (0, 0, 3))):
        account = build(db, [new, old, new])
        assert (account.new, account.updated, account.unchanged) == expected, n
        assert account.warnings["repeated_in_import"] == 2
    assert events_of(db, "title") == {"a": "Nouveau"}
    assert "repeated_in_import" in findings_of(db)["a"]


@pytest.mark.in_turn
def test_without_an_identifier_the_content_is_the_key(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [record(None, title="Forum", city="Rennes"), record(None, title="Forum", city="Lyon")]
    assert build(db, rows).new == 2
    assert build(db, rows).unchanged == 2
    assert build(db, [record(None, title="FORUM", city="rennes", description="Précisé")]).updated == 1


def test_two_sources_do_not_share_identifiers(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    assert build(db, program(), source="autre agenda").new == 4


@pytest.mark.in_turn
def test_the_registration_date_is_the_first_known(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("known"), record("late", created_at=None)])
    assert events_of(db, "registered_on::varchar", "created_at_is_import") == {
        "known": ("2014-09-15", False), "late": ("2014-10-01", True),
    }  # fmt: skip
    build(
        db,
        [record("known", description="x", created_at="2014-10-10T00:00:00Z"), record("late", description="x")],
        imported_at=LATER,
    )
    assert events_of(db, "registered_on::varchar", "created_at_is_import") == {
        "known": ("2014-09-15", False), "late": ("2014-09-15", False),
    }  # fmt: skip


@pytest.mark.in_turn
def test_spellings_of_an_organiser_are_aliases(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a", organiser_labels=["CRESS Bretagne"])])
    build(db, [record("b", organiser_labels=["Cress  bretagne", "CRESS Bretagne", "Autre"])])
    assert rows_of(db, "select organiser_id, name, aliases from organisers order by 1") == [
        ("autre", "Autre", []), ("cress-bretagne", "CRESS Bretagne", ["Cress  bretagne"]),
    ]  # fmt: skip
    roles = "select organiser_id, role from event_organisers inner join events using (event_id) where source_uid = 'b' order by 1"
    assert rows_of(db, roles) == [
        ("autre", "partner"), ("cress-bretagne", "lead"),
    ]  # fmt: skip


def test_the_same_event_said_twice_is_noted_and_counts_twice(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [
        record("a", title="Forum", postcode="35000", city="Rennes"),
        record("b", title="FORUM", postcode="35000", city="Rennes"),
    ]
    build(db, [*rows, record("c", title="Forum", postcode="69003", city="Lyon")])
    assert sum("duplicate" in kinds for kinds in findings_of(db).values()) == 1
    assert rows_of(db, "select n_counted from file_info") == [(3,)]


def test_an_import_without_any_record_taken_leaves_the_file(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    identity = identity_of(db)
    assert build(db, []).taken == 0
    assert identity_of(db) == identity


@pytest.mark.in_turn
def test_a_dry_run_leaves_the_file(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    identity = identity_of(db)
    account = pipeline.run(db, [lambda connection: stage(changed(), connection)], TEST_OPTIONS, dry_run=True)
    assert account.updated == 1
    assert identity_of(db) == identity


def test_a_check_that_fails_leaves_the_file(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    identity = identity_of(db)

    def faulty(connection: Any) -> None:
        stage(changed(), connection)
        connection.execute("insert into sessions select 'nobody', now(), null, false, current_date, current_date")

    with pytest.raises(AssertionFailedError, match="sessions_belong_to_events"):
        pipeline.run(db, [faulty], TEST_OPTIONS)
    assert identity_of(db) == identity


@pytest.mark.in_turn
def test_rollback_of_the_last_import(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    before = content(db)
    build(db, changed(), imported_at=LATER)
    account = rollback(db, 2)
    assert (account.imports, account.removed, account.restored, account.is_demo) == ((2,), 1, 1, False)
    assert content(db) == before
    assert rows_of(db, "select * from event_versions") == []


@pytest.mark.in_turn
def test_rollback_over_several_imports(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    before = content(db)
    build(db, changed(), imported_at=LATER)
    again = changed()
    again[0] |= {"title": "Encore changé"}
    again[3] |= {"title": "Changé aussi"}
    build(db, again, imported_at=LATER)
    build(db, program(), source="autre agenda")
    assert rollback(db, 2).imports == (2, 3, 4)
    assert content(db) == before


@pytest.mark.thorough
def test_a_rolled_back_import_can_come_again(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    build(db, changed(), imported_at=LATER)
    after = without_numbers(db)
    rollback(db, 2)
    assert build(db, changed(), imported_at=LATER).import_id == 3  # the number of what was undone is not used again
    assert without_numbers(db) == after


def test_rollback_of_what_is_not_there(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    with pytest.raises(StoreError, match="Aucun fichier"):
        rollback(db, 1)
    build(db, program())
    identity = identity_of(db)
    with pytest.raises(StoreError, match="Aucun import n° 7"):
        rollback(db, 7)
    assert identity_of(db) == identity


def test_rollback_of_the_only_import_leaves_an_empty_file(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, program())
    assert rollback(db, 1).removed == 4
    assert rows_of(db, "select n_counted, data_date, is_demo from file_info") == [(0, None, False)]


def test_the_first_real_import_withholds_the_demonstration_and_rollback_restores_it(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    demonstration.write(db, n_events=200)
    before = content(db)
    assert describe(db).is_demo
    build(db, program())
    assert not describe(db).is_demo
    assert rows_of(db, "select n_counted from file_info") == [(3,)]
    assert rows_of(
        db, "select count(*) from findings as f inner join events as e using (event_id) where kind = 'duplicate'"
    ) == [(0,)]
    assert rollback(db, 2).is_demo
    assert content(db) == before


# What an event's hash was when files were first kept: another one would make each event of each file « updated » at its next import.
HASHES = {
    "on site": 7373706060696111368,
    "online": 13282021760642471035,
    "moved online": 7502212574204101365,
    "nowhere": 5813716999657514742,
    "abroad": 5794608305643482173,
    "in a département": 14545882613835575971,
    "zero lost": 17154970012243208372,
    "of a chamber": 2401842824863519515,
}


def test_an_event_has_the_same_hash_in_every_version(tmp_path: Path) -> None:
    db = tmp_path / "events.duckdb"
    rows = [
        record(
            "on site",
            postcode="35000",
            city="Rennes",
            lat=48.1113,
            lon=-1.68,
            venue="Les Champs libres",
            url="https://x.fr/1",
        ),
        record("online", attendance_mode="online", online_url="https://x.fr/2"),
        record("moved online", status="moved_online", postcode="29200", city="Brest"),
        record("nowhere", age_min=6, conditions="Gratuit"),
        record("abroad", city="Montréal", country_code="CA"),
        record("in a département", departement_label="Rhône"),
        record(
            "zero lost", postcode="1000", city="Bourg-en-Bresse", theme_labels=["Culture"], organiser_labels=["Le Café"]
        ),
    ]
    build(db, rows)
    build(db, [record("of a chamber", attendance_mode="online")], chamber_region_2014="73", chamber_region_2016="76")
    assert events_of(db, "content_hash") == HASHES
