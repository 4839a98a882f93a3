"""What may be compared, and how settled figures are: one judge, whom every sentence, picture, report and address asks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from campaign import store
from campaign.analysis import standing
from campaign.analysis.comparison import Change, Comparison, Refusal, compare, over_editions, with_edition_before
from campaign.analysis.figures import gather
from campaign.charts.sheet import SIZES, render
from campaign.core.settings import settings
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.filters import Filters, parse
from campaign.press import angle, kit
from campaign.report import bilan, digest
from campaign.statements.sentences import ready
from tests import shaped
from tests.claims import COMMUNES, TODAY, TYPES, build_dated, by_hand, claims, dated_rows
from tests.records import Record, build, record

ROWS = dated_rows()
RUNNING = Filters(editions=(2026,), nomenclature=2016)
BRETAGNE = RUNNING.replace(regions=("53",))
REASON = "les dates d'inscription de 2025 et 2026 ne sont pas connues"


@pytest.fixture(scope="module")
def dated_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions whose registration days are known."""
    return build_dated(tmp_path_factory.mktemp("dated") / "campaign.duckdb", ROWS)


@pytest.fixture
def dated(dated_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read that file, two days after the opening of its last edition."""
    monkeypatch.setattr(settings(), "db", dated_db)
    monkeypatch.setattr(settings(), "today", TODAY)


@pytest.fixture
def undated(undated_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read three editions without registration days, in the course of the last one."""
    monkeypatch.setattr(settings(), "db", undated_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)


def allowed(verdict: Comparison | Refusal) -> Comparison:
    assert isinstance(verdict, Comparison), verdict
    return verdict


@pytest.mark.in_turn
@pytest.mark.usefixtures("dated")
def test_a_running_edition_is_compared_at_equal_days_to_go() -> None:
    verdict = allowed(with_edition_before(RUNNING))
    assert (verdict.kind, verdict.days_to_go) == ("same_days_to_go", -2)
    now, before = by_hand(ROWS, 2026, TODAY), by_hand(ROWS, 2025, date(2025, 11, 3))
    total_2025 = len(by_hand(ROWS, 2025, date.max))
    assert len(before) < len(now) < total_2025
    assert verdict.total() == Change(len(now), len(before))

    def split(rows: list[Record], column: str, names: dict[str, str]) -> Counter[str]:
        return Counter(names[row[column]] for row in rows)

    regions = {code: change for code, change in verdict.regions().items() if change and (change.now or change.before)}
    by_region = [split(rows, "commune_code", COMMUNES) for rows in (now, before)]
    assert regions == {code: Change(by_region[0][code], by_region[1][code]) for code in COMMUNES.values()}
    by_type = [split(rows, "type_label", TYPES) for rows in (now, before)]
    types = {code: change for code, change in verdict.types().items() if code in TYPES.values()}
    assert types == {code: Change(by_type[0][code], by_type[1][code]) for code in TYPES.values()}


@pytest.mark.usefixtures("dated")
def test_sentences_and_pictures_say_the_hand_count() -> None:
    now, before = len(by_hand(ROWS, 2026, TODAY)), len(by_hand(ROWS, 2025, date(2025, 11, 3)))
    figures = gather(RUNNING)
    text = next(sentence.text for sentence in ready(figures) if sentence.key == "change")
    assert f"de {before} à {now}, 2 jours après l'ouverture" in text.replace("\u202f", "").replace("\u00a0", " ")
    picture = drawing("ecart", figures)
    assert "2 jours après l'ouverture" in picture.subtitle
    by_type = sum(int(str(row["nombre"])) for row in picture.rows if str(row["code"]).startswith("type"))
    assert by_type == now - before
    assert f"+{now - before} par rapport à 2025, 2 jours après l'ouverture" in digest.digest(
        RUNNING, TODAY, "https://exemple.fr"
    ).opening.replace("\u00a0", " ")


@pytest.mark.usefixtures("dated")
def test_finished_editions_are_compared_by_totals() -> None:
    verdict = allowed(with_edition_before(RUNNING.replace(editions=(2025,))))
    assert (verdict.kind, verdict.days_to_go) == ("total", None)
    assert verdict.total() == Change(len(by_hand(ROWS, 2025, date.max)), len(by_hand(ROWS, 2024, date.max)))
    # A day that was asked for cuts both; so does a running edition on the other side.
    cut = allowed(with_edition_before(RUNNING.replace(editions=(2025,), as_of=date(2025, 10, 2))))
    assert cut.total() == Change(
        len(by_hand(ROWS, 2025, date(2025, 10, 2))), len(by_hand(ROWS, 2024, date(2024, 10, 2)))
    )
    other = allowed(compare(RUNNING, 2025, 2026))
    assert other.total() == Change(len(by_hand(ROWS, 2025, date(2025, 11, 3))), len(by_hand(ROWS, 2026, TODAY)))


@pytest.mark.in_turn
def test_one_region_without_dates_has_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a choice at most 20 % undated, the others are compared; the region itself is not, chosen or in a list."""
    rows = [
        row | {"created_at": None} if row["commune_code"] == "35238" and row["source_uid"] < "2026" else row
        for row in ROWS
    ]
    monkeypatch.setattr(settings(), "db", build_dated(tmp_path / "campaign.duckdb", rows))
    monkeypatch.setattr(settings(), "today", TODAY)
    assert with_edition_before(BRETAGNE) == Refusal("undated", (2025,))
    assert "les dates d'inscription de 2025 ne sont pas connues" in Refusal("undated", (2025,)).words
    verdict = with_edition_before(RUNNING)
    share = sum(row["commune_code"] == "35238" for row in by_hand(ROWS, 2025, date.max))
    if share <= 0.2 * len(by_hand(ROWS, 2025, date.max)):
        regions = allowed(verdict).regions()
        assert regions["53"] is None
        assert regions["11"] is not None
    else:
        assert verdict == Refusal("undated", (2025,))
    most = [row | {"created_at": None} if row["commune_code"] in ("35238", "75056") else row for row in ROWS]
    monkeypatch.setattr(settings(), "db", build_dated(tmp_path / "most.duckdb", most))
    assert with_edition_before(RUNNING) == Refusal("undated", (2025, 2026))


@pytest.mark.usefixtures("undated")
def test_without_dates_a_running_edition_is_refused_and_finished_ones_are_not() -> None:
    assert with_edition_before(RUNNING) == Refusal("undated", (2025, 2026))
    assert REASON in Refusal("undated", (2025, 2026)).words
    assert allowed(with_edition_before(RUNNING.replace(editions=(2025,)))).kind == "total"
    assert with_edition_before(RUNNING.replace(editions=(2025,), as_of=date(2025, 10, 1))) == Refusal(
        "undated", (2024, 2025)
    )
    assert with_edition_before(RUNNING.replace(editions=(2024,))) == Refusal("absent")
    assert with_edition_before(RUNNING.replace(editions=(2024, 2025))) == Refusal("several")


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize(
    "chosen", [RUNNING, BRETAGNE, RUNNING.replace(departements=("35",))], ids=["france", "53", "35"]
)
def test_without_dates_no_sentence_claims_a_change_or_a_record(chosen: Filters) -> None:
    figures = gather(chosen)
    texts = [sentence.text for sentence in ready(figures)] + [fact.text for fact in angle.facts(chosen)]
    assert any(REASON in text for text in texts)
    assert [claim for text in texts for claim in claims(text)] == []


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("chosen", [RUNNING, BRETAGNE], ids=["france", "53"])
def test_without_dates_no_report_claims_a_change(chosen: Filters) -> None:
    note = digest.digest(chosen, shaped.TODAY, "https://exemple.fr")
    assert REASON in note.opening
    assert claims(note.opening) == []
    sections = bilan.sections(gather(chosen))
    words = [text for section in sections for text in (*section.texts, *section.missing)]
    words += [
        cell for section in sections for table in section.tables for row in (table.columns, *table.rows) for cell in row
    ]
    assert any(REASON in text for text in words)
    assert [claim for text in words for claim in claims(text)] == []


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_without_dates_no_picture_claims_a_change(name: str) -> None:
    for chosen in (RUNNING, BRETAGNE):
        picture = drawing(name, gather(chosen))
        assert claims(f"{picture.title} {picture.subtitle} {picture.alt}") == []
        assert claims(render(picture, SIZES["a4"])) == []
        if name in ("ecart", "carte-evolution"):
            assert REASON in picture.subtitle
            assert not picture.rows


@pytest.mark.usefixtures("undated")
def test_without_dates_a_kit_claims_no_change() -> None:
    figures = gather(kit.choice(2026, 2016, "53"))
    assert figures.data_date is not None
    files = kit._files(replace(figures, data_date=figures.data_date.replace(microsecond=0)), "https://exemple.fr")
    texts = {name: file.decode() for name, file in files.items() if name.endswith((".txt", ".csv", ".svg"))}
    assert REASON in texts["phrases.txt"]
    assert {name: claims(text) for name, text in texts.items() if claims(text)} == {}


@pytest.fixture
def addresses(served_at: str, undated: None) -> Iterator[httpx.Client]:
    """The addresses over the file without registration days."""
    with httpx.Client(base_url=served_at, timeout=60) as opened:
        yield opened


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/api/v1/counts.json?by=edition",
        "/api/v1/counts.json?by=region&edition=2026&nomenclature=2016",
        "/api/v1/figures.json",
        "/api/v1/events.rss?edition=2026",
        "/badge/france.svg?edition=2026",
        "/badge/region/53.svg?edition=2026&nomenclature=2016",
        "/figures/ecart.svg?edition=2026&against=2025",
        "/figures/carte-evolution.csv?edition=2026&nomenclature=2016&against=2025",
        "/figures/editions.svg?edition=2026&region=53&nomenclature=2016",
        "/figures/records.svg?edition=2026",
    ],
)
def test_without_dates_no_address_claims_a_change(addresses: httpx.Client, path: str) -> None:
    answer = addresses.get(path)
    assert answer.status_code == 200
    assert claims(answer.text) == []


@pytest.mark.usefixtures("dated")
def test_a_running_edition_is_ranked_among_no_finished_ones() -> None:
    """Two days after its opening, the running edition has the fewest events of the three: that is no news."""
    keys = {fact.key for fact in angle.facts(BRETAGNE)}
    assert keys
    assert "record_edition" not in keys
    figures = gather(BRETAGNE)
    assert "2026" not in drawing("editions", figures).title.partition("le plus haut du fichier")[2]
    assert "2026" not in drawing("records", figures).title
    assert standing.whole((2024, 2025, 2026), None) == (2024, 2025)


def counts_by_hand(days: dict[int, date]) -> dict[str, dict[int, int]]:
    """Return the counts of the regions with events, by edition, each as of its day."""
    counts: dict[str, dict[int, int]] = {code: {} for code in COMMUNES.values()}
    for year, day in days.items():
        of_year = Counter(COMMUNES[row["commune_code"]] for row in by_hand(ROWS, year, day))
        for code in counts:
            counts[code][year] = of_year[code]
    return counts


def pictured(chosen: Filters) -> dict[str, dict[int, int]]:
    """Return the numbers of the picture of regions over the editions, of the regions with events."""
    numbers: dict[str, dict[int, int]] = {}
    for row in drawing("regions-editions", gather(chosen)).rows:
        year, code = str(row["code"]).split()
        if code in COMMUNES.values():
            numbers.setdefault(code, {})[int(year)] = int(str(row["nombre"]))
    return numbers


@pytest.mark.usefixtures("dated")
def test_regions_over_the_editions_are_all_cut_where_the_running_one_is() -> None:
    cut = {2024: date(2024, 11, 3), 2025: date(2025, 11, 3), 2026: TODAY}
    course = over_editions(RUNNING, 2026)
    assert (course.edition, course.days_to_go, course.undated, course.unfinished) == (2026, -2, (), ())
    assert {code: course.counts[code] for code in COMMUNES.values()} == counts_by_hand(cut) == pictured(RUNNING)
    assert "toutes les éditions 2 jours après l'ouverture" in drawing("regions-editions", gather(RUNNING)).subtitle
    assert pictured(BRETAGNE) == counts_by_hand(cut)
    # Whole ones stand without the one that runs; a day that is asked for cuts them all.
    whole = RUNNING.replace(editions=(2025,))
    assert pictured(whole) == counts_by_hand({2024: date.max, 2025: date.max})
    assert "2026 n'est pas finie" in drawing("regions-editions", gather(whole)).subtitle
    days = {2024: date(2024, 10, 2), 2025: date(2025, 10, 2), 2026: date(2026, 10, 2)}
    assert pictured(whole.replace(as_of=days[2025])) == counts_by_hand(days)


@pytest.mark.usefixtures("undated")
def test_without_dates_whole_editions_stand_beside_each_other_without_the_running_one() -> None:
    course = over_editions(RUNNING, 2026)
    assert (course.edition, course.years, course.days_to_go, course.undated) == (2025, [2024, 2025], None, (2026,))
    assert (
        "les dates d'inscription de 2026 ne sont pas connues" in drawing("regions-editions", gather(RUNNING)).subtitle
    )


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize(
    ("today", "changed", "expected"),
    [
        (date(2026, 9, 30), "2026-09-20T10:00:00Z", "upcoming"),
        (date(2026, 10, 1), "2026-09-20T10:00:00Z", "running"),
        (date(2026, 12, 31), "2026-12-31T10:00:00Z", "running"),
        (date(2027, 1, 1), "2026-12-31T10:00:00Z", "closed"),
        (date(2027, 2, 1), "2026-11-12T10:00:00Z", "closed"),
        (date(2027, 2, 1), "2026-12-31T23:30:00Z", "final"),  # already the new year in Paris
        (date(2027, 2, 1), "2027-01-08T10:00:00Z", "final"),
    ],
)
def test_the_status_follows_from_window_today_and_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: date, changed: str, expected: str
) -> None:
    db = tmp_path / "campaign.duckdb"
    build(
        db,
        [
            record(
                "one",
                timings=[("2026-12-16T18:00", "2026-12-16T20:00")],
                created_at="2026-09-15T10:00:00Z",
                updated_at=changed,
            )
        ],
    )
    monkeypatch.setattr(settings(), "db", db)
    monkeypatch.setattr(settings(), "today", today)
    assert standing.status(2026, None) == expected
    assert standing.status_of(Filters(editions=(2026,))) == expected
    figures = gather(parse([("edition", "2026")]))
    assert figures.stage == expected
    words = {"upcoming": "édition à venir", "closed": "édition close", "final": "chiffre définitif"}
    total = next(sentence.text for sentence in ready(figures) if sentence.key == "total")
    assert words.get(expected, "chiffre provisoire") in total
    assert ("définitif" in total) is (expected == "final")


def test_several_editions_are_as_settled_as_the_least(dated: None) -> None:
    assert standing.status_of(Filters(editions=(2024, 2025))) == "final"
    assert standing.status_of(Filters(editions=(2025, 2026))) == "running"
    assert standing.status_of(Filters()) == "running"
    assert standing.status(2025, as_of=date(2025, 10, 15)) == "running"
    assert standing.status(2025, as_of=date(2026, 2, 1)) == "closed"  # by then nothing of January had been read
    assert standing.status(2025, as_of=date(2026, 12, 31)) == "final"


@pytest.mark.usefixtures("reading_demo")
def test_the_demonstration_is_final() -> None:
    dated = store.query("file_status").one["data_date"]
    assert dated.date() > date(2014, 12, 31)
    for edition in range(2008, 2015):
        assert standing.status(edition, None) == "final"
