"""A report is read back: the same figures in PDF and DOCX as the queries give; a digest says what its week holds."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdf
import pytest

from campaign import store
from campaign.analysis.figures import gather
from campaign.core.settings import settings
from campaign.filters import AUDIENCES, Filters, codes, parse
from campaign.report import bilan, digest
from campaign.wording.numbers import number
from tests.kept import demonstration
from tests.records import Record, build, record

REPORT_KEYS = {
    "key_figures", "method", "purpose", "gains", "growth", "how_many", "themes", "types", "attendance", "territories",
    "coverage", "partners", "organisers", "families", "authorities", "sectors", "brought_in", "joint", "ready", "tools",
    "website", "media", "examples", "accounts", "to_check", "lessons",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    yield
    settings().db = before


def chosen(region: str | None = None) -> Filters:
    return parse([("edition", "2014"), *([("region", region)] if region else [])])


@pytest.mark.in_turn
@pytest.mark.parametrize("region", [pytest.param(None, marks=pytest.mark.thorough), "53"])
def test_the_pdf_is_tagged_and_holds_the_figures_of_the_queries(region: str | None) -> None:
    report = bilan.report(chosen(region))
    read = pypdf.PdfReader(io.BytesIO(report.pdf))
    words = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    figures = gather(chosen(region))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "fr"
    for n in (figures.total, figures.n_communes, figures.n_sessions):
        assert " ".join(number(n).split()) in words
    assert "À compléter" in words


@pytest.mark.in_turn
@pytest.mark.parametrize("region", [None, "53"])
def test_the_document_has_the_same_tables_headings_and_described_drawings(region: str | None) -> None:
    report = bilan.report(chosen(region))
    read = docx.Document(io.BytesIO(report.docx))
    sections = bilan.sections(gather(chosen(region)))
    headings = [p.text for p in read.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [section.title for section in sections]
    tables = [table for section in sections for table in section.tables]
    assert len(read.tables) == len(tables)
    for drawn, table in zip(read.tables, tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
            list(table.columns),
            *map(list, table.rows),
        ]
        assert "w:tblHeader" in drawn.rows[0]._tr.xml
    assert all(shape._inline.docPr.get("descr") for shape in read.inline_shapes)


def test_the_sections_are_those_of_printed_reports_and_say_what_is_not_held() -> None:
    national = bilan.sections(gather(chosen()))
    assert {section.key for section in national} == REPORT_KEYS | {"organisers_by_region"}
    assert {section.key for section in bilan.sections(gather(chosen("53")))} == REPORT_KEYS
    assert all(section.texts or section.tables or section.missing for section in national)
    lacking = {section.key for section in national if section.missing and not section.texts and not section.tables}
    assert {"purpose", "gains", "sectors", "accounts", "lessons"} <= lacking


def test_regions_of_the_report_add_up_to_the_country() -> None:
    figures = gather(chosen())
    section = next(one for one in bilan.sections(figures) if one.key == "territories")
    listed = sum(int("".join(row[2].split())) for table in section.tables for row in table.rows)
    unknown = figures.total - sum(n for _code, n in figures.regions)
    assert listed + unknown == figures.total
    assert len([row for table in section.tables for row in table.rows]) == len(codes().regions[2014])


def test_a_region_s_report_lists_its_own_departements() -> None:
    figures = gather(chosen("53"))
    section = next(one for one in bilan.sections(figures) if one.key == "territories")
    rows = section.tables[0].rows
    named = {row[0] for row in rows} - {"Département inconnu ou en ligne"}
    assert named == {"Côtes-d'Armor (22)", "Finistère (29)", "Ille-et-Vilaine (35)", "Morbihan (56)"}
    assert sum(int(row[1]) for row in rows) == figures.total


def test_audiences_and_subcampaigns_are_counted_in_the_report() -> None:
    figures = gather(chosen())
    sections = {one.key: one for one in bilan.sections(figures)}
    audiences = {row[0]: int(row[1]) for row in sections["types"].tables[1].rows}
    n_with_age = store.query("event_totals", chosen=chosen().replace(audiences=AUDIENCES)).one["total"]
    assert audiences["Âge non précisé (n.\u00a0c.)"] == figures.total - n_with_age > 0
    *named, together = sections["partners"].tables[0].rows
    counts = [int(row[2]) for row in named]
    assert counts == sorted(counts, reverse=True)
    assert max(counts) <= int(together[2]) <= sum(counts)


def test_what_stands_behind_the_figures_is_said_once() -> None:
    words = [text for section in bilan.sections(gather(chosen())) for text in section.texts]
    assert not any("fichier de démonstration, données du" in text for text in words)


def test_local_authorities_are_those_of_the_families() -> None:
    sections = {one.key: one for one in bilan.sections(gather(chosen()))}
    (listed,) = [row for row in sections["families"].tables[0].rows if row[0] == "Collectivité"]
    assert int(listed[1]) > 0
    assert f"Collectivités : {listed[1]} sur" in " ".join(sections["authorities"].texts[0].split())


def test_published_figures_of_2011_stand_with_their_source_and_no_growth_across_definitions() -> None:
    sections = {one.key: one for one in bilan.sections(gather(parse([("edition", "2011")])))}
    media = sections["media"].tables[0]
    assert ("2011", "1 300") in {(row[0], " ".join(row[4].split())) for row in media.rows}
    assert all(row[2] for row in media.rows)
    assert any("définitions ont changé" in words for words in sections["organisers"].texts)


WEEK = [
    record("old", title="Ancien", postcode="35000", city="Rennes", organiser_labels=["A"], created_at="2014-09-01T10:00:00Z"),
    record("new", title="Nouveau", postcode="35000", city="Rennes", organiser_labels=["A"], created_at="2014-10-16T10:00:00Z"),
    record("bare", title="<b>Sans rien</b>", region_label="Bretagne", created_at="2014-09-01T10:00:00Z"),
    record("far", title="Ailleurs", postcode="69003", city="Lyon", organiser_labels=["A"], created_at="2014-10-16T10:00:00Z"),
    record("wait", title="En attente", postcode="35000", city="Rennes", is_published=False),
]  # fmt: skip


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "week.duckdb"
    build(path, WEEK)
    moved = record("old", title="Ancien", postcode="29200", city="Brest", organiser_labels=["A"],
                   created_at="2014-09-01T10:00:00Z", updated_at="2014-10-17T10:00:00Z")  # fmt: skip
    build(path, [moved], imported_at=datetime(2014, 10, 17, 8, tzinfo=UTC))
    monkeypatch.setattr(settings(), "db", path)
    return path


@pytest.mark.in_turn
def test_a_digest_says_what_is_new_changed_missing_and_to_do(week: Path) -> None:
    note = digest.digest(chosen("53"), date(2014, 10, 20), "https://exemple.fr")
    new, changed, missing, tasks = note.parts
    assert [line.text.split(" – ")[0] for line in new.lines] == ["Nouveau"]
    assert [line.text.split(" – ")[0] for line in changed.lines] == ["Ancien"]
    assert [line.text for line in missing.lines] == [
        "<b>Sans rien</b> – mercredi 5 novembre\u00a0: il manque le lieu et l'organisateur"
    ]
    assert [line.text for line in tasks.lines] == [
        "Compléter le lieu\u00a0: 1 événement",
        "Compléter l'organisateur\u00a0: 1 événement",
        "Publier ou écarter ce qui attend\u00a0: 1 événement",
    ]
    assert all(
        line.href is None or line.href.startswith("https://exemple.fr/") for part in note.parts for line in part.lines
    )
    assert "<b>" not in digest.html(note)
    assert "&lt;b&gt;Sans rien" in digest.html(note)
    assert "Nouveau" in digest.text(note)
    assert "En attente" not in digest.text(note)


UNKNOWN = "d'un premier import\u00a0: dates d'inscription inconnues (n.\u00a0c.), rien ne dit ce qui est nouveau."


def undated(*names: str) -> list[Record]:
    place = {"postcode": "35000", "city": "Rennes", "organiser_labels": ["A"]}
    return [record(name, title=name, created_at=None, **place) for name in names]


def new_of(path: Path, monkeypatch: pytest.MonkeyPatch, last_day: date = date(2014, 10, 20)) -> digest.Part:
    monkeypatch.setattr(settings(), "db", path)
    return digest.digest(chosen("53"), last_day, "https://exemple.fr").parts[0]


@pytest.mark.in_turn
def test_a_digest_does_not_call_the_events_of_a_first_import_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "first.duckdb"
    build(path, undated("un", "deux"), imported_at=datetime(2014, 10, 15, 8, tzinfo=UTC))
    new = new_of(path, monkeypatch)
    assert (new.title, new.lines, new.empty) == ("Nouveaux\u00a0: n.\u00a0c.", (), f"2 événements {UNKNOWN}")
    assert UNKNOWN in digest.text(digest.digest(chosen("53"), date(2014, 10, 20), "https://exemple.fr"))
    # Those that a later import of the same source brings were not there before; another source's first ones may have been.
    build(path, undated("un", "deux", "trois"), imported_at=datetime(2014, 10, 16, 8, tzinfo=UTC))
    other = [each | {"source_uid": "quatre"} for each in undated("quatre")]
    build(path, other, imported_at=datetime(2014, 10, 17, 8, tzinfo=UTC), source="Autre")
    new = new_of(path, monkeypatch)
    assert new.title == "Nouveaux\u00a0: 1"
    assert [line.text.split(" – ")[0] for line in new.lines] == ["trois", f"3 événements {UNKNOWN}"]
    later = new_of(path, monkeypatch, date(2014, 10, 30))
    assert (later.title, later.lines) == ("Nouveaux\u00a0: 0", ())
    assert later.empty == "Aucun événement inscrit dans ces jours."


@pytest.mark.in_turn
def test_a_digest_calls_new_what_the_source_dates_even_on_a_first_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dated.duckdb"
    dated = [
        each | {"created_at": f"2014-10-{day}T10:00:00Z"}
        for each, day in zip(undated("un", "deux"), (2, 16), strict=True)
    ]
    build(path, dated, imported_at=datetime(2014, 10, 17, 8, tzinfo=UTC))
    new = new_of(path, monkeypatch)
    assert [line.text.split(" – ")[0] for line in new.lines] == ["deux"]
