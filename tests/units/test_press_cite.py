"""A cited link opens the same number after another import, and says so where the file no longer has it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign import store
from campaign.analysis.figures import gather
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.statements import cite, notices
from tests.records import build, record


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", path)
    build(path, [record(f"a{n}", commune_code="35238") for n in range(6)])
    return path


def reopen(link: str) -> tuple[int, str]:
    pairs = [(part.split("=")[0], part.split("=")[1]) for part in link.split("?")[1].split("&")]
    figures = gather(parse([pair for pair in pairs if pair[0] != "cite"]))
    return figures.total, cite.reopened(dict(pairs)["cite"], figures)


@pytest.mark.in_turn
def test_later_registrations_do_not_change_it(file: Path) -> None:
    link = cite.citation(gather(parse([("departement", "35")])), "https://exemple.fr").address
    assert reopen(link)[0] == 6
    later = {"created_at": "2014-11-20T10:00:00Z", "updated_at": "2014-11-20T10:00:00Z"}
    build(file, [record(f"b{n}", commune_code="35238", **later) for n in range(3)])
    assert store.query("event_totals", **parse([("departement", "35")]).params()).one["total"] == 9
    assert reopen(link) == (6, "Chiffre cité\u00a0: 6 événements. C'est toujours celui du fichier pour cette date.")


@pytest.mark.in_turn
def test_a_later_cancellation_is_logged_and_an_event_known_late_is_said(file: Path) -> None:
    link = cite.citation(gather(parse([("departement", "35")])), "https://exemple.fr").address
    build(file, [record("a0", commune_code="35238", status="cancelled", updated_at="2014-12-20T10:00:00Z")])
    assert reopen(link)[0] == 6  # on that day it was not cancelled
    build(file, [record("c0", commune_code="35238")])  # registered before that day, known since
    build(file, [record("a1", commune_code="35238", status="cancelled", updated_at="2014-12-21T10:00:00Z")])
    total, words = reopen(link)
    assert total == 7
    assert "6 événements" in words
    assert "aujourd'hui 7" in words
    counts = store.query("press_counts_by_import").rows
    assert [(row["n_added"], row["n_removed"], row["n_events"]) for row in counts] == [
        (6, 0, 6),
        (0, 1, 5),
        (1, 0, 6),
        (0, 1, 5),
    ]


@pytest.mark.in_turn
def test_the_log_holds_changes_after_the_end(file: Path) -> None:
    changed = record("a1", commune_code="35238", status="cancelled", updated_at="2015-02-01T10:00:00Z")
    build(file, [changed], imported_at=datetime(2015, 2, 2, 9, tzinfo=UTC))
    changes = [c for c in notices.corrections(Filters()) if "fichier" in c.old_source]
    assert [(c.edition, c.old, c.new, c.day) for c in changes] == [
        (2014, "6 événements", "5 événements", "2 février 2015")
    ]


def test_a_wrong_number_says_nothing(file: Path) -> None:
    figures = gather(parse([]))
    for cited in (None, "", "x", "-1", "9" * 12):
        assert cite.reopened(cited, figures) == "", cited
