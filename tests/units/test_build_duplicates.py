"""Duplicates are proposed, never merged: what people decide is remembered over later imports, and can be taken back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish.decisions import decide_duplicate, undo_duplicate
from campaign.publish.rollback import rollback
from campaign.store import query
from tests.records import Record, build, events_of, record, rows_of

PAIRS = """
    select e.source_uid, t.source_uid, p.reason
    from duplicate_pairs as p
    inner join events as e on e.event_id = p.event_id
    inner join events as t on t.event_id = p.duplicate_of
    order by all
"""


def rennes(uid: str, title: str, **fields: object) -> Record:
    return record(uid, title=title, postcode="35000", city="Rennes", **fields)


def counted(db: Path) -> int:
    return int(rows_of(db, "select n_counted from file_info")[0][0])


def pairs(db: Path) -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in rows_of(db, PAIRS)]


def ids_of(db: Path, *uids: str) -> tuple[str, ...]:
    ids = events_of(db, "event_id")
    return tuple(ids[uid] for uid in uids)


def apart(number: int, row: Record) -> Record:
    """Return a record of 5 or 6 November, two days and a month after those of the pair before: no pair meets another."""
    moved = [
        tuple(each and each.replace("2014-11-05", f"2014-11-{2 * number + 1:02}").replace("2014-11-06", f"2014-11-{2 * number + 2:02}")
              for each in timing)
        for timing in row["timings"]
    ]  # fmt: skip
    return row | {"source_uid": f"{row['source_uid']}{number}", "timings": moved}


ALIKE = [
    (rennes("a", "Forum de l'ESS"), rennes("b", "FORUM DE L’ESS"), "same"),
    (rennes("a", "Forum de l'économie sociale"), rennes("b", "Forum de l'economie socialle"), "near"),
    (rennes("a", "Forum de l'emploi solidaire"), rennes("b", "Forum de l'emploi solidaire à Rennes"), "near"),
    (record("a", title="Webinaire", attendance_mode="online"), record("b", title="Webinaire !", attendance_mode="online"), "near"),
    (
        rennes("a", "Une rencontre", url="https://www.exemple.org/agenda/12/?utm_source=lettre"),
        rennes("b", "Autre chose", url="http://exemple.org/agenda/12"),
        "link",
    ),
]  # fmt: skip
UNLIKE = [
    (rennes("a", "Atelier vélo, séance 1"), rennes("b", "Atelier vélo, séance 2")),
    (rennes("a", "Forum"), record("b", title="Forum", postcode="69003", city="Lyon")),
    (rennes("a", "Forum"), rennes("b", "Forum", timings=[("2014-11-06T18:00", "2014-11-06T20:00")])),
    (rennes("a", "Café des langues"), rennes("b", "Débat sur le climat")),
    (rennes("a", "Cycle de l'ESS | Les coopératives"), rennes("b", "Cycle de l'ESS | Le climat")),
    (rennes("a", "Cycle\u00a0| Les coopératives"), rennes("b", "Cycle\u00a0| Le climat")),
    (rennes("a", "Une rencontre", url="https://exemple.org"), rennes("b", "Autre", url="https://www.exemple.org/")),
    (rennes("a", "Forum"), rennes("b", "Forum", is_published=False)),
    (rennes("a", "Forum"), rennes("b", "Forum", status="cancelled")),
    (record("a", title="Forum des métiers"), record("b", title="Forum du métier")),
]


@pytest.mark.in_turn
def test_what_may_be_the_same_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    build(db, [apart(number, a) for number, (a, _b, _reason) in enumerate(ALIKE)])
    build(db, [apart(number, b) for number, (_a, b, _reason) in enumerate(ALIKE)])
    assert pairs(db) == [(f"b{number}", f"a{number}", reason) for number, (_a, _b, reason) in enumerate(ALIKE)]
    surest_first = query("duplicate_pairs", chosen=Filters(), limit=None)
    assert surest_first.column("reason") == ["same", "link", "near", "near", "near"]
    alike = surest_first.column("similarity")[2:]
    assert alike == sorted(set(alike), reverse=True)
    assert counted(db) == 2 * len(ALIKE)
    proposals = query("findings_listed", chosen=Filters(), kind="duplicate", with_unpublished=False, limit=None).rows
    titles = [(b["title"], a["title"]) for a, b, _reason in ALIKE]
    assert sorted((row["title"], row["other_title"]) for row in proposals) == sorted(titles)


def test_what_is_another_event_is_not(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [apart(number, row) for number, pair in enumerate(UNLIKE) for row in pair])
    assert pairs(db) == []


@pytest.mark.in_turn
def test_a_duplicate_in_another_agenda_may_begin_an_hour_later(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [rennes("a", "Forum de l'économie sociale")])
    other = rennes("b", "Forum de l'Économie Sociale", timings=[("2014-11-05T19:00", "2014-11-05T20:00")])
    build(db, [other], source="autre agenda")
    assert pairs(db) == [("b", "a", "agenda")]


def test_a_crowd_at_one_moment_is_left_alone(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [rennes(f"e{n}", f"Rencontre numéro {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(41)])
    assert pairs(db) == []


@pytest.mark.in_turn
def test_an_accepted_duplicate_is_kept_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [rennes("a", "Forum"), rennes("b", "FORUM"), rennes("c", "Autre chose")]
    build(db, rows)
    b, a = ids_of(db, "b", "a")
    assert decide_duplicate(db, b, a, "accepted", decided_at=datetime(2014, 10, 10, 8, 0, tzinfo=UTC)) == 2
    assert pairs(db) == []
    assert rows_of(db, "select count(*) from events") == [(3,)]
    monkeypatch.setattr(settings(), "db", db)
    chosen = Filters(editions=(2014,))
    listed = query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None)
    assert query("event_totals", chosen=chosen).one["total"] == len(listed.values) == 2
    assert query("event", chosen=chosen, event_id=b).one["other_id"] == a
    assert query("event_totals", chosen=chosen.replace(as_of=date(2014, 10, 9))).one["total"] == 3
    assert query("event_totals", chosen=chosen.replace(as_of=date(2014, 10, 10))).one["total"] == 2
    # remembered over later imports, of the same file or a changed one, and over a rollback
    rows[1] |= {"title": "Forum !", "description": "Précisé"}
    build(db, rows)
    assert (counted(db), pairs(db)) == (2, [])
    rollback(db, 2)
    assert counted(db) == 2
    # reversible
    assert undo_duplicate(db, a, b) == 3
    assert pairs(db) in ([("b", "a", "same")], [("a", "b", "same")])


@pytest.mark.in_turn
def test_a_refused_pair_is_not_proposed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    rows = [rennes("a", "Forum"), rennes("b", "FORUM")]
    build(db, rows)
    b, a = ids_of(db, "b", "a")
    assert decide_duplicate(db, a, b, "refused") == 2
    build(db, [*rows, rennes("c", "Débat")])
    assert (counted(db), pairs(db)) == (3, [])
    assert [(row["decision"], row["is_applied"]) for row in query("duplicate_decisions").rows] == [("refused", False)]
    # a later decision on the same pair takes the place of the earlier one
    assert decide_duplicate(db, b, a, "accepted") == 2
    assert len(rows_of(db, "select * from duplicate_decisions")) == 1
    assert [(row["decision"], row["is_applied"]) for row in query("duplicate_decisions").rows] == [("accepted", True)]


@pytest.mark.in_turn
def test_of_a_chain_or_a_circle_of_duplicates_one_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    build(db, [rennes(uid, "Forum") for uid in "abc"])
    a, b, c = ids_of(db, "a", "b", "c")
    decide_duplicate(db, a, b, "accepted")
    decide_duplicate(db, b, c, "accepted")
    assert events_of(db, "duplicate_of") == {"a": c, "b": c, "c": None}
    decide_duplicate(db, c, a, "accepted")
    assert counted(db) == 1
    latest_first = [(row["event_id"], row["other_id"]) for row in query("duplicate_decisions").rows]
    assert latest_first == [(c, a), (b, c), (a, b)]


@pytest.mark.in_turn
def test_the_duplicate_counts_when_the_other_no_longer_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", db)
    rows = [rennes("a", "Forum"), rennes("b", "Forum")]
    build(db, rows)
    b, a = ids_of(db, "b", "a")
    decide_duplicate(db, b, a, "accepted")
    assert query("duplicate_decisions").column("is_applied") == [True]
    rows[0]["status"] = "cancelled"
    build(db, rows)
    assert events_of(db, "duplicate_of", "status") == {"a": (None, "cancelled"), "b": (None, "scheduled")}
    assert counted(db) == 1
    assert query("duplicate_decisions").column("is_applied") == [False]


def test_what_cannot_be_decided_is_said(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [rennes("a", "Forum")])
    (a,) = ids_of(db, "a")
    with pytest.raises(StoreError, match="Aucun événement"):
        decide_duplicate(db, "personne", a, "accepted")
    with pytest.raises(StoreError, match="propre doublon"):
        decide_duplicate(db, a, a, "accepted")
    with pytest.raises(StoreError, match="Rien n'a été décidé"):
        undo_duplicate(db, a, a)
