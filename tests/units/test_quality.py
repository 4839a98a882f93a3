"""The page of quality, the command and the public file say the same, and none shows what is not published."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from campaign.api.todo import workbook
from campaign.cli import app
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.store import query
from campaign.view.quality import findings
from tests.records import build, record

RENNES = {"postcode": "35000", "city": "Rennes"}
LYON = {"postcode": "69003", "city": "Lyon"}
ROWS = [
    record("overlap", **RENNES, timings=[("2014-11-05T10:00", "2014-11-05T12:00"), ("2014-11-05T11:00", "2014-11-05T13:00")]),
    record("touching", **RENNES, timings=[("2014-11-06T10:00", "2014-11-06T12:00"), ("2014-11-06T12:00", "2014-11-06T13:00")]),
    record("month", title="Exposition", **LYON, timings=[("2014-11-01", "2014-11-28")]),
    record("weeks", title="Exposition courte", **LYON, timings=[("2014-11-01", "2014-11-27")]),
    record("capitals", title="GRAND FORUM DE L'EMPLOI", **RENNES),
    record("acronym", title="ESS", **RENNES, timings=[("2014-11-07T10:00", None)]),
    record("html", title="Débat", description="Venez&nbsp;<b>nombreux</b>", **LYON, organiser_labels=["Alpha"]),
    record("plain", title="Si a < b & c > d", **LYON, timings=[("2014-11-08T10:00", None)]),
    record("lost", title="Sans lieu", timings=[("2014-11-09T10:00", None)]),
    record("hidden", title="Secret", is_published=False, **RENNES),
]  # fmt: skip
PILE = [
    record(f"pile{n}", title=f"Rencontre {n}", **LYON, lat=45.76, lon=4.85, address=f"{n % 5} rue de la Paix",
           timings=[(f"2014-11-{n:02}T09:00", None)])
    for n in range(1, 21)
]  # fmt: skip


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    db = tmp_path / "campaign.duckdb"
    build(db, [*ROWS, *PILE])
    monkeypatch.setattr(settings(), "db", db)
    return db


def count_findings(**filters: str) -> dict[str, int]:
    chosen = findings.territory(parse([("edition", "all"), *filters.items()]))
    return {row["kind"]: row["count"] for row in query("findings_by_kind", chosen=chosen).rows}


def listed(kind: str | None = None, *, with_unpublished: bool = False, **filters: str) -> list[str]:
    chosen = findings.territory(parse([("edition", "all"), *filters.items()]))
    rows = query("findings_listed", chosen=chosen, kind=kind, limit=None, with_unpublished=with_unpublished)
    return [f"{row['kind']} {row['title']}" for row in rows.rows]


def test_each_kind_is_found_once(reading: Path) -> None:
    assert count_findings() == {
        "sessions_overlap": 1, "month_long": 1, "title_in_capitals": 1, "html_in_text": 1, "unlocated": 1, "unpublished": 1,
        "pile_up": 20,
    }  # fmt: skip
    assert count_findings(region="53") == {"sessions_overlap": 1, "title_in_capitals": 1, "unpublished": 1}
    assert count_findings(region="84", nomenclature="2016") == {"month_long": 1, "html_in_text": 1, "pile_up": 20}
    assert listed("sessions_overlap") == ["sessions_overlap overlap"]
    assert listed("title_in_capitals") == ["title_in_capitals GRAND FORUM DE L'EMPLOI"]


def test_the_command_gives_the_counts_of_the_page(reading: Path) -> None:
    for options, filters in (([], {}), (["--region", "53"], {"region": "53"})):
        result = CliRunner().invoke(app, ["check", "--json", "--db", str(reading), *options])
        assert json.loads(result.stdout) == count_findings(**filters)


def words_of(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return str([book.get_sheet_by_index(n).to_python() for n in range(len(book.sheet_names))])


def test_what_is_not_published_is_in_no_public_list(reading: Path, served_at: str) -> None:
    assert listed("unpublished") == []
    assert listed("unpublished", with_unpublished=True) == ["unpublished Secret"]
    answer = httpx.get(f"{served_at}/api/v1/findings.xlsx", params={"region": "53"})
    assert answer.status_code == 200
    assert "bretagne" in answer.headers["content-disposition"]
    text = words_of(answer.content)
    assert "GRAND FORUM" in text
    assert "Secret" not in text
    assert "Exposition" not in text
    assert "Secret" in words_of(workbook(Filters(), "http://localhost:8501", with_unpublished=True))


@pytest.mark.parametrize("parameter", ["region=99", "edition=2014", "unknown=1"])
def test_a_wrong_parameter_is_refused(reading: Path, served_at: str, parameter: str) -> None:
    answer = httpx.get(f"{served_at}/api/v1/findings.xlsx?{parameter}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_completeness_by_chamber(reading: Path) -> None:
    rows = {row["name"]: row for row in query("completeness_by_chamber", chosen=Filters(editions=(2014,))).rows}
    total = query("event_totals", chosen=Filters(editions=(2014,))).one["total"]
    assert (rows["Bretagne"]["n_events"], rows["Rhône-Alpes"]["n_events"]) == (4, 24)
    assert (rows["Bretagne"]["placed"], rows["Bretagne"]["timed"]) == (4, 3)
    assert (rows["Rhône-Alpes"]["organised"], rows["Rhône-Alpes"]["addressed"]) == (1, 20)
    whole = next(
        row for row in query("completeness_by_chamber", chosen=Filters(editions=(2014,))).rows if row["is_total"]
    )
    assert whole["n_events"] == total == 29
    assert query("completeness_by_chamber", chosen=Filters(editions=(2014,))).rows[-1] == whole


@pytest.mark.in_turn
def test_what_an_import_changed(reading: Path) -> None:
    rows = [dict(row) for row in ROWS]
    rows[0]["city"], rows[0]["postcode"] = "Lyon", "69003"
    rows[1]["timings"] = [("2014-11-16T10:00", "2014-11-16T12:00")]
    rows[2]["title"] = "Grande exposition"
    rows[9]["title"] = "Secret changé"
    fresh = record("fresh", **LYON, timings=[("2014-11-19T10:00", None)])
    build(reading, [*rows[:6], *rows[7:], *PILE, fresh], is_full=True, imported_at=datetime(2014, 10, 20, tzinfo=UTC))
    by_chamber = query("import_changes_by_chamber", chosen=Filters(), import_id=2)
    names = ("n_new", "n_withdrawn", "n_absent", "n_moved", "n_edited")
    assert {row["name"]: tuple(row[name] for name in names) for row in by_chamber.rows} == {
        "Bretagne": (0, 0, 0, 1, 0), "Rhône-Alpes": (1, 1, 0, 1, 1),
    }  # fmt: skip
    changes = query("import_changes", chosen=Filters(), import_id=2, limit=None, with_unpublished=False).rows
    assert [(row["change"], row["title"], row["was_title"]) for row in changes] == [
        ("moved", "overlap", "overlap"), ("moved", "touching", "touching"),
        ("edited", "Grande exposition", "Exposition"), ("new", "fresh", None),
    ]  # fmt: skip
    few = query("import_changes", chosen=Filters(), import_id=2, limit=3, with_unpublished=False)
    assert few.rows == changes[:3]
    rows[2]["title"] = "Très grande exposition"
    build(reading, [rows[2]], imported_at=datetime(2014, 10, 21, tzinfo=UTC))
    later = query("import_changes", chosen=Filters(), import_id=3, limit=None, with_unpublished=False).rows
    assert [(row["title"], row["was_title"]) for row in later] == [("Très grande exposition", "Grande exposition")]
    everything = query("import_changes", chosen=Filters(), import_id=2, limit=None, with_unpublished=True).rows
    assert [row["title"] for row in everything if row["change"] == "withdrawn"] == ["Débat"]
    assert "Secret changé" in [row["title"] for row in everything]
