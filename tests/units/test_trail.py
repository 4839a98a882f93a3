"""Who did what outlives undoing and republishing; numbers are not used again; undoing another's import asks first."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.follow import followed
from campaign.follow.followed import Followed
from campaign.publish import actions, corrections, decisions, keep, rollback, trail
from tests.intake_files import write
from tests.records import build, record, rows_of
from tests.units.test_intake_unpack import TABLE

MARIE, PAUL = "page Import (marie@exemple.org)", "campaign import (paul)"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", path)
    monkeypatch.setattr(settings(), "sources", tmp_path / "sources.toml")
    return path


def actions_of(db: Path) -> list[str]:
    return [entry.action for entry in reversed(trail.entries(db))]


def run(db: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--db", str(db)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.in_turn
def test_an_undone_import_stays_in_the_history_and_keeps_its_number(db: Path) -> None:
    build(db, [record("a")], ran_by=PAUL)
    build(db, [record("b")], ran_by=MARIE, files=("b.csv",))
    with trail.acting("page Import (chef@exemple.org)"):
        rollback.rollback(db, 2)
    assert build(db, [record("c")], ran_by=PAUL).import_id == 3
    assert rows_of(db, "select import_id from imports order by 1") == [(1,), (3,)]
    rows = json.loads(run(db, "history", "--json"))
    assert [(row["import_id"], row["undone_by"]) for row in rows] == [
        (3, None), (2, "page Import (chef@exemple.org)"), (1, None),
    ]  # fmt: skip
    assert (rows[1]["ran_by"], rows[1]["files"], rows[1]["new"]) == (MARIE, ["b.csv"], 1)
    assert "annulé le" in run(db, "history")
    rollback.rollback(db, 1)
    assert build(db, [record("d")]).import_id == 4
    assert trail.last_number(db) == 4


@pytest.mark.in_turn
def test_each_kind_of_action_leaves_a_line(db: Path, tmp_path: Path) -> None:
    build(db, [record("a", organiser_labels=["Asso"]), record("b", organiser_labels=["Association B"])], ran_by=PAUL)
    ids = [row[0] for row in rows_of(db, "select event_id from events order by 1")]
    names = [row[0] for row in rows_of(db, "select organiser_id from organisers order by 1")]
    keep.backup(db, tmp_path / "copie.duckdb")
    with trail.acting(MARIE):
        decisions.decide_duplicate(db, ids[0], ids[1], "accepted")
        decisions.decide_duplicate(db, ids[0], ids[1], "refused")
        decisions.undo_duplicate(db, ids[0], ids[1])
        decisions.join_organisers(db, names[0], names[1])
        decisions.separate_organiser(db, names[0])
        decisions.undo_organiser(db, names[0])
        corrections.correct(db, ids[0], "type", "atelier")
        (key,) = rows_of(db, "select source, source_uid from corrections")
        corrections.undo(db, *key, "type")
        corrections.bring(db, [corrections.Correction(*key, "type", "atelier")], file="corrections.csv")
        followed.add(Followed(name="Agenda", url="https://exemple.org/a.ics", licence="Licence Ouverte"))
        followed.pause("Agenda", is_paused=True)
        followed.pause("Agenda", is_paused=False)
        followed.remove("Agenda")
        keep.restore(tmp_path / "copie.duckdb", db)
        rollback.rollback(db, 1)
    expected = ["duplicate_accepted", "duplicate_refused", "duplicate_undone", "organiser_joined", "organiser_apart",
                "organiser_undone", "corrected", "correction_undone", "corrections_brought",
                "follow_added", "follow_paused", "follow_resumed", "follow_removed", "restore", "undo"]  # fmt: skip
    assert actions_of(db) == ["import", *expected]
    entries = trail.entries(db)
    assert {entry.by for entry in entries} == {MARIE, PAUL}
    assert all(actions.in_words(entry) for entry in entries)
    whats = {entry.action: entry.what for entry in entries}
    assert whats["corrected"] == f"{ids[0]} · type"
    assert whats["correction_undone"] == f"{key[0]} · {key[1]} · type"
    assert whats["corrections_brought"] == "corrections.csv"
    assert {*expected, "import", "sync", "let_through"} == set(actions.ACTIONS)
    printed = run(db, "history", "--trail")
    assert "marie@exemple.org" in printed
    assert [row["action"] for row in json.loads(run(db, "history", "--trail", "--json"))][-1] == "import"


@pytest.mark.in_turn
def test_a_command_says_whose_it_is(db: Path, tmp_path: Path) -> None:
    run(db, "import", str(write(tmp_path, TABLE.format("Atelier"), "atelier.csv")))
    (entry,) = trail.entries(db)
    assert entry.by == f"campaign import ({trail.account()})"
    assert (entry.action, entry.import_id, entry.files) == ("import", 1, ("atelier.csv",))
    assert entry.at <= datetime.now(UTC)
    run(db, "rollback", "1")  # one's own is not asked about
    assert trail.entries(db)[0].by == f"campaign rollback ({trail.account()})"


@pytest.mark.in_turn
def test_undoing_another_s_import_asks_first(db: Path) -> None:
    build(db, [record("a")], ran_by=f"campaign import ({trail.account()})")
    build(db, [record("b")], ran_by=MARIE)
    refused = CliRunner().invoke(app, ["rollback", "1", "--db", str(db)])
    assert refused.exit_code == 2
    assert rows_of(db, "select count(*) from events") == [(2,)]
    assert actions_of(db) == ["import", "import"]
    run(db, "rollback", "1", "--yes")
    assert actions_of(db)[-1] == "undo"


@pytest.mark.in_turn
def test_a_dry_run_and_what_fails_leave_no_line(db: Path, tmp_path: Path) -> None:
    build(db, [record("a")], ran_by=PAUL)
    run(db, "import", str(write(tmp_path, TABLE.format("Atelier"), "atelier.csv")), "--dry-run")
    with pytest.raises(StoreError):
        decisions.undo_duplicate(db, "x", "y")
    assert actions_of(db) == ["import"]


def test_what_could_leave_no_trace_is_not_done(db: Path) -> None:
    build(db, [record("a")], ran_by=PAUL)
    trail.place(db).unlink()
    trail.place(db).mkdir()
    for act in (lambda: build(db, [record("b")]), lambda: rollback.rollback(db, 1)):
        with pytest.raises(StoreError, match="journal des actions"):
            act()
    assert rows_of(db, "select count(*) from events") == [(1,)]


@pytest.mark.in_turn
def test_a_line_half_written_is_passed_over_and_closed(db: Path) -> None:
    build(db, [record("a")], ran_by=PAUL)
    with trail.place(db).open("a") as file:
        file.write('{"at": "2014-1')
    build(db, [record("b")], ran_by=PAUL)
    assert actions_of(db) == ["import", "import"]
    assert trail.place(db).stat().st_mode & 0o077 == 0  # it names accounts
