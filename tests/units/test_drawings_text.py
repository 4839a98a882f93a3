"""Words on drawings: none over another, none outside, in every format and over files of several shapes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from campaign import store
from campaign.analysis.figures import Figures, gather
from campaign.analysis.official import Figure
from campaign.charts import columns, in_html, svg
from campaign.charts.in_html import NARROW
from campaign.charts.outlines import fine_outlines, frame, outlines
from campaign.charts.sheet import SIZES, Drawing, render
from campaign.charts.svg import Box
from campaign.core.settings import settings
from campaign.drawings import published
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.filters import Filters, parse
from campaign.wording.numbers import missing
from tests import shaped
from tests.drawn import bars, faults, overlap, svgs, texts

pytestmark = pytest.mark.rows(every=3)

FILES = ("demo_db", "recent_db", "hand_made_db")
PLACES = ("", "53")
LEAST = 8  # size of letters on a page, in units of which a telephone has 340


@contextmanager
def reading(path: Path, today: date | None) -> Iterator[None]:
    before = settings().db, settings().today
    settings().db, settings().today = path, today
    try:
        with store.snapshot():
            yield
    finally:
        settings().db, settings().today = before


@pytest.fixture(scope="module", params=[(file, place) for file in FILES for place in PLACES], ids="-".join)
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """The figures of the country and of one region, of each file's last edition."""
    file, region = request.param
    recent = file == "recent_db"
    with reading(request.getfixturevalue(file), shaped.TODAY if recent else None):
        query = [("edition", "2026" if recent else "2014"), ("nomenclature", "2016" if recent else "2014")]
        yield gather(parse([*query, *([("region", region)] if region else [])]))


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("name", list(DRAWINGS))
def test_words_stand_apart_and_inside(name: str, figures: Figures) -> None:
    drawn = drawing(name, figures)
    by_size = {size: faults(render(drawn, sheet)) for size, sheet in SIZES.items()}
    by_size["frame"] = faults(render(drawn, NARROW, is_alone=False))
    by_size |= {
        f"page, {shape}": faults(document)
        for shape, document in zip(in_html.shapes_of(drawn), svgs(in_html.on_page(drawn)), strict=True)
    }
    if name != "types-regions":  # pages have it as a table
        for document in svgs(in_html.on_page(drawn)):
            assert not [text.words for text in texts(document) if "…" in text.words]
            assert min((text.size for text in texts(document)), default=99) >= LEAST
    assert not any(by_size.values()), {size: wrong for size, wrong in by_size.items() if wrong}


def test_counts_of_editions_are_as_large_as_other_words(demo_db: Path) -> None:
    with reading(demo_db, None):
        drawn = drawing("editions", gather(parse([("edition", "2014"), ("nomenclature", "2014")])))
        sizes = [text.size for document in svgs(in_html.on_page(drawn)) for text in texts(document)]
    assert min(sizes) >= LEAST


def cut(document: str) -> list[str]:
    """Return the words that end with an ellipsis."""
    return [text.words for text in texts(document) if text.words.rstrip().endswith("…")]


@pytest.mark.matrix(every=3)  # in turn
@pytest.mark.parametrize("nomenclature", ["2014", "2016"])
@pytest.mark.parametrize("name", list(DRAWINGS))
def test_no_name_is_cut_at_any_size(name: str, nomenclature: str, demo_db: Path) -> None:
    """The list beside a square map wrote « Provence-Alpes-Côte d'… »."""
    for place in ("", "93", "26" if nomenclature == "2014" else "27"):
        with reading(demo_db, None):
            query = [("edition", "2014"), ("nomenclature", nomenclature), *([("region", place)] if place else [])]
            drawn = drawing(name, gather(parse(query)))
            by_size = {size: cut(render(drawn, sheet)) for size, sheet in SIZES.items()}
            by_size["frame"] = cut(render(drawn, NARROW, is_alone=False))
        assert not any(by_size.values()), (place, by_size)


def figure(year: int, value: int | None, qualifier: str, stage: str) -> Figure:
    return Figure(
        year, "events", value, qualifier, stage, True, "country", "FR", "France", *[None] * 2, "Bilan", *[None] * 3
    )


def years_of(n: int) -> tuple[range, dict[int, int], dict[int, Figure | None]]:
    """Return n years: some published, some counted, some both, some neither."""
    years = range(2008, 2008 + n)
    counts = {year: 1500 + 7 * (year - 2008) for year in years if year % 3}
    kinds = (("exact", "final"), ("more_than", "announced"), ("about", "final"))
    heads = {year: figure(year, 1000 + 90 * (year % 9), *kinds[year // 2 % 3]) if year % 4 else None for year in years}
    return years, counts, heads


@pytest.mark.parametrize("n", [7, 12, 20])
@pytest.mark.parametrize("size", [*SIZES.values(), NARROW], ids=[*SIZES, "frame"])
@pytest.mark.usefixtures("reading_demo")
def test_every_edition_has_its_slot_at_any_number_of_editions(n: int, size: object) -> None:
    sheet = SIZES["a4"] if size is None else size
    years, counts, heads = years_of(n)
    for known in (heads, {}):
        box = Box(sheet.margin, 100, sheet.width - 2 * sheet.margin, sheet.height - 200)  # type: ignore[attr-defined]
        body = columns.editions(
            box,
            sheet.body,
            counts,
            known,
            years=years,
            chosen=years[-1],
            file="fichier",  # type: ignore[attr-defined]
        )
        document = f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}">{body}</svg>'  # type: ignore[attr-defined]
        assert faults(document) == []
        columns_drawn = [bar for bar in bars(document) if bar.bottom >= box.bottom - sheet.body * 3]  # type: ignore[attr-defined]
        assert len(columns_drawn) == len(counts) + sum(f is not None for f in known.values())
        gone = [text for text in texts(document) if text.words == missing()]
        assert gone
        assert not [(text, bar) for text in gone for bar in columns_drawn if overlap(text, bar)]
        slots = {int((text.left + text.right) / 2 - box.x) * n // int(box.width) for text in gone}
        # beyond the file's editions a published figure stands alone: no count is missing there
        inside = range(min(counts), max(counts) + 1) if known else years
        uncounted = {year for year in inside if year not in counts}
        unpublished = {year for year in years if known and known[year] is None}
        assert slots == {year - years[0] for year in uncounted | unpublished}
        written = {text.words for text in texts(document)}
        assert {str(years[-1])} <= written


@pytest.mark.usefixtures("reading_demo")
@pytest.mark.parametrize("n", [7, 12, 20])
def test_the_dots_of_a_long_run_keep_their_labels_apart(n: int) -> None:
    years, _counts, heads = years_of(n)
    for sheet in (*SIZES.values(), NARROW):
        box = Box(sheet.margin, 100, sheet.width - 2 * sheet.margin, sheet.height - 200)
        body = published.dots(box, sheet.body, [f for f in heads.values() if f], years, years[-1])
        document = f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}">{body}</svg>'
        assert faults(document) == []


def test_a_name_too_wide_for_its_column_is_parted_at_hyphens_or_cut_with_a_mark() -> None:
    assert svg.wrap("Bourgogne-Franche-Comté", 20, svg.measure("Franche-Comté", 20) + 1) == [
        "Bourgogne-",
        "Franche-Comté",
    ]
    assert svg.wrap("Bourgogne-Franche-Comté", 20, 1000) == ["Bourgogne-Franche-Comté"]
    lines = svg.headed("Provence-Alpes-Côte d'Azur et au-delà", 20, 110, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(svg.measure(line, 20) <= 110 for line in lines)


def test_places_are_spread_between_their_bounds() -> None:
    assert svg.spread([10, 10, 10], 5, 0, 100) == [10, 15, 20]
    assert svg.spread([98, 99, 100], 5, 0, 100) == [90, 95, 100]


# Regions drawn large --------------------------------------------------------------------------------------------------


def n_corners(path: str) -> int:
    return len(path.split()) + path.count("-")


def test_a_region_is_drawn_in_finer_outlines(reading_demo: Path) -> None:
    for name in ("carte", "carte-points"):
        document = render(_of(name, parse([("edition", "2014"), ("region", "53")])), SIZES["a4"])
        for code in ("22", "29", "35", "56"):
            assert fine_outlines()[f"d{code}"] in document
            assert outlines("departement")[f"d{code}"] not in document
            assert n_corners(fine_outlines()[f"d{code}"]) > 5 * n_corners(outlines("departement")[f"d{code}"])
        whole = render(_of(name, parse([("edition", "2014")])), SIZES["a4"])
        assert fine_outlines()["d35"] not in whole


def _of(name: str, chosen: Filters) -> Drawing:
    return drawing(name, gather(chosen))


def test_finer_outlines_stand_where_the_others_do() -> None:
    coarse = {key: path for key, path in outlines("departement").items() if key.startswith("d")}
    assert set(fine_outlines()) == set(coarse)
    for key, path in coarse.items():
        apart = [abs(a - b) for a, b in zip(frame(path), frame(fine_outlines()[key]), strict=True)]
        assert max(apart) < 6, key  # islets that the national map leaves out reach further
