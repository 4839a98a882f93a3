"""Marks say what their numbers say: read back out of every kind of drawing, in files and on pages.

Lengths are proportional to values from a baseline of zero, marks stand in the order of their names, and each name and number
stands beside its own mark.
"""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from campaign.analysis import editions, official, pace_chart
from campaign.analysis.figures import gather
from campaign.charts import choropleth, columns, heat, in_html, maps, multiples, svg
from campaign.charts.bars import bars
from campaign.charts.diverging import FALL, RISE, diverging
from campaign.charts.outlines import outlines
from campaign.charts.sheet import SIZES, bound, render
from campaign.charts.svg import Box
from campaign.core.settings import ROOT, settings
from campaign.drawings import pace, published
from campaign.drawings.catalogue import drawing
from campaign.filters import Filters
from campaign.view.components import figures, time_curves
from campaign.view.components.figures import Cell, Column
from campaign.view.regions import league
from campaign.wording.numbers import number, signed
from tests import shaped
from tests.marks import Marks, elements, in_proportion, number_in, of_svg, plain, stairs

BOX = Box(20, 30, 900, 500)
SIZE = 18.0
ROWS = [("Bretagne", 87), ("Centre", 12), ("Corse", 0), ("Île-de-France", 213), ("Limousin", 30)]
SHAPES = pytest.mark.parametrize(
    "box",
    [BOX, Box(0, 0, 400, 700), Box(5, 5, 1160, 420), Box(0, 0, 1000, 390), Box(0, 0, 640, 285), Box(0, 0, 340, 266)],
)


def beside(marks: Marks, name: str, top: float, height: float) -> None:
    """Assert that a name stands within the height of a mark."""
    assert top <= marks.named(plain(name)).y <= top + height, name


@SHAPES
@pytest.mark.parametrize("n_columns", [1, 2])
def test_bars_are_as_long_as_their_numbers_beside_their_names(box: Box, n_columns: int) -> None:
    marks = of_svg(bars(box, SIZE, ROWS, selected="Centre", columns=n_columns))
    assert len(marks.bars) == len(ROWS)
    assert in_proportion([bar.width for bar in marks.bars], [n for _name, n in ROWS])
    for (name, n), bar in zip(ROWS, marks.bars, strict=True):
        step = bar.height / 0.68
        label = marks.named(name)
        assert bar.y - step * 0.2 <= label.y <= bar.bottom + step * 0.2, name
        assert label.x <= bar.x
        value = next(words for words in marks.words if words.text == str(n) and words.y == label.y)
        assert value.x >= bar.right
        assert bar.fill == (svg.ACCENT if name == "Centre" else svg.CONTEXT)
    if n_columns == 1:
        assert all(above.bottom <= below.y for above, below in pairwise(marks.bars))
        assert len({bar.x for bar in marks.bars}) == 1


@SHAPES
def test_gains_and_losses_grow_to_their_own_side_of_zero(box: Box) -> None:
    rows = [("Bretagne", 40), ("Centre", -20), ("Corse", 0), ("Limousin", -5), ("Lorraine", 11)]
    marks = of_svg(diverging(box, SIZE, rows))
    assert in_proportion([bar.width for bar in marks.bars], [abs(n) for _name, n in rows])
    zero = marks.bars[0].x
    for (name, n), bar in zip(rows, marks.bars, strict=True):
        assert (bar.x if n >= 0 else bar.right) == pytest.approx(zero, abs=0.2)
        assert bar.fill == (RISE if n >= 0 else FALL)
        assert bar.y <= marks.named(name).y <= bar.bottom
        value = next(
            words for words in marks.words if words.text == plain(signed(n)) and bar.y <= words.y <= bar.bottom
        )
        assert value.x >= bar.right if n >= 0 else value.x <= bar.x


def test_a_name_of_two_lines_stands_close_about_its_bar() -> None:
    marks = of_svg(diverging(Box(0, 0, 260, 160), SIZE, [("Bourgogne-Franche-Comté", 40), ("Corse", -20)]))
    first, second = marks.named("Bourgogne-"), marks.named("Franche-Comté")
    assert 0 < second.y - first.y <= SIZE
    assert marks.bars[0].y < (first.y + second.y) / 2 < marks.bars[0].bottom


@SHAPES
@pytest.mark.parametrize("years", [range(2008, 2015), range(2008, 2027)])
def test_columns_of_editions_rise_from_one_floor_in_the_order_of_years(
    reading_demo: Path, box: Box, years: range
) -> None:
    counts = {year: 40 * (year - years[0]) ** 2 + 7 for year in years if year != 2010}
    drawn = columns.editions(box, SIZE, counts, dict.fromkeys(years), years=years, chosen=2012, file="fichier")
    marks = of_svg(drawn)
    assert len(marks.bars) == len(counts)
    assert in_proportion([bar.height for bar in marks.bars], counts.values())
    assert len({round(bar.bottom) for bar in marks.bars}) == 1
    assert all(left.right <= right.x for left, right in pairwise(marks.bars))
    floor = marks.bars[0].bottom
    slot = box.width / len(years)
    for (year, count), bar in zip(counts.items(), marks.bars, strict=True):
        assert bar.middle == pytest.approx(box.x + (year - years[0] + 0.5) * slot, abs=slot * 0.2)
        assert bar.fill == (svg.ACCENT if year == 2012 else svg.ACCENT_2)
        value = next(words for words in marks.words if words.text == plain(number(count)))
        assert value.x == pytest.approx(bar.middle, abs=slot * 0.5)
        assert value.y <= floor
    named = [words for words in marks.words if re.fullmatch(r"20\d\d", words.text)]
    for words in named:
        assert words.y > floor
        assert words.x == pytest.approx(box.x + (int(words.text) - years[0] + 0.5) * slot, abs=slot)
    assert [int(words.text) for words in named] == sorted(int(words.text) for words in named)


@SHAPES
def test_published_figures_stand_in_their_own_year_with_their_own_height(reading_demo: Path, box: Box) -> None:
    years = range(2008, 2015)
    headlines = editions.headlines(years)
    marks = of_svg(columns.editions(box, SIZE, {}, headlines, years=years, chosen=2014, file="fichier"))
    known = {year: figure.value for year, figure in headlines.items() if figure and figure.value}
    columns_drawn = [bar for bar in marks.filled(svg.CONTEXT, "url(#soft)") if bar.height > SIZE]
    assert in_proportion([bar.height for bar in columns_drawn], known.values())
    slot = box.width / len(years)
    assert [round((bar.middle - box.x) // slot) + years[0] for bar in columns_drawn] == list(known)
    for bar, year in zip(columns_drawn, known, strict=True):
        figure = headlines[year]
        assert figure is not None
        assert bar.fill == ("url(#soft)" if figure.is_soft else svg.CONTEXT)
        assert marks.named(plain(columns.signed(figure))).x == pytest.approx(bar.middle, abs=slot * 0.5)


@SHAPES
def test_days_stand_in_their_order_as_high_as_their_numbers(box: Box) -> None:
    chance = random.Random(3)  # noqa: S311
    counts = {date(2014, 10, 20) + timedelta(days=k): chance.randrange(1, 90) for k in range(0, 50, 2)}
    best = max(counts, key=lambda day: counts[day])
    marks = of_svg(columns.days(box, SIZE, counts, [best], (date(2014, 11, 1), date(2014, 11, 30))))
    drawn = marks.filled(svg.ACCENT, svg.CONTEXT)
    assert in_proportion([bar.height for bar in drawn], [n for _day, n in sorted(counts.items())])
    assert all(left.x < right.x for left, right in pairwise(drawn))
    assert len({round(bar.bottom) for bar in drawn}) == 1
    gaps = {round(right.x - left.x, 0) for left, right in pairwise(drawn)}
    assert max(gaps) - min(gaps) <= 1
    accented = marks.filled(svg.ACCENT)
    assert len(accented) == 1
    assert sorted(counts).index(best) == drawn.index(accented[0])


@SHAPES
def test_small_multiples_share_one_scale_and_one_order(reading_demo: Path, box: Box) -> None:
    years = range(2010, 2015)
    series = [
        (f"Région {k}", {year: (k + 1) * (year - 2009) for year in years if (k, year) != (1, 2012)}) for k in range(6)
    ]
    marks = of_svg(multiples.multiples(box, SIZE, series, years, 2013))
    values = [n for _name, of in series for _year, n in sorted(of.items())]
    assert in_proportion([bar.height for bar in marks.bars], values)
    place = 0
    for name, of in series:
        own = marks.bars[place : place + len(of)]
        place += len(of)
        head = marks.named(name)
        assert head.x <= own[0].x
        assert head.y < min(bar.y for bar in own) + 1
        assert head.x + box.width / 3 > own[-1].x
        assert len({round(bar.bottom) for bar in own}) == 1
        assert all(left.x < right.x for left, right in pairwise(own))
        assert [bar.fill == svg.ACCENT for bar in own] == [year == 2013 for year in sorted(of)]


@SHAPES
def test_cells_are_shaded_by_class_in_their_row_and_column(reading_demo: Path, box: Box) -> None:
    rows = [("Bretagne", [1, 12, None]), ("Corse", [0, 45, 7])]
    heads, breaks = ["Atelier", "Colloque", "Autre"], [10, 20, 30, 40]
    marks = of_svg(heat.heat(box, SIZE, rows, heads, breaks))
    cells = [(r, k, n) for r, (_name, values) in enumerate(rows) for k, n in enumerate(values) if n is not None]
    assert len(marks.bars) == len(cells)
    for (r, k, n), cell in zip(cells, marks.bars, strict=True):
        assert cell.fill == svg.STEPS[maps.step(n, breaks) or 0]
        assert cell.y <= marks.named(rows[r][0]).y <= cell.bottom
        assert cell.x <= marks.named(heads[k]).x <= cell.right
        assert any(
            words.text == str(n) and cell.x <= words.x <= cell.right and cell.y <= words.y <= cell.bottom
            for words in marks.words
        )


def test_the_curves_of_a_pace_rise_with_their_numbers_and_end_today(
    recent_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    chart = pace_chart.read(Filters(editions=(2026,)))
    marks = of_svg(pace.lines(BOX, SIZE, chart))
    drawn = [
        (stairs(path), stroke) for path, fill, stroke in marks.paths if fill == "none" and re.match(r"M\S+ \S+H", path)
    ]
    lines = sorted(chart.lines, key=lambda one: one.is_chosen)
    assert len(drawn) == len(lines) == 3
    floor = max(y for points, _stroke in drawn for _x, y in points)
    heights = [floor - y for points, _stroke in drawn for _x, y in points]
    assert in_proportion(heights, [n for line in lines for n in line.known])
    days = [day for line in lines for day in line.days]
    across = [x for points, _stroke in drawn for x, _y in points]
    left, right = min(across), max(across)
    for x, day in zip(across, days, strict=True):
        assert x == pytest.approx(
            left + (right - left) * (day + pace_chart.EARLIEST) / (max(days) + pace_chart.EARLIEST), abs=1
        )
    own = next(line for line in lines if line.is_chosen)
    assert own.days[-1] == (shaped.TODAY - date(2026, 11, 1)).days
    assert drawn[-1][1] == svg.ACCENT
    assert drawn[-1][0][-1][0] < right - 1
    page = time_curves.data_of(chart)
    for written, line in zip(page["lines"], chart.lines, strict=True):
        assert (written["days"], written["known"]) == (line.days, line.known)
        assert written["name"] == str(line.edition)


@SHAPES
def test_published_dots_stand_on_one_scale_in_their_year(reading_demo: Path, box: Box) -> None:
    years = range(2008, 2015)
    known = [
        f
        for f in official.figures()
        if (f.metric, f.territory_level, f.category) == ("events", "country", None) and f.value
    ]
    marks = of_svg(published.dots(box, SIZE, known, years, 2014))
    expected = [
        f for year in years for f in sorted((f for f in known if f.edition == year), key=lambda f: f.is_headline)
    ]
    assert len(marks.circles) == len(expected)
    floor = max(y for _x, y, _fill in marks.circles)
    zero = marks.named("0").y - SIZE * 0.3
    assert in_proportion([zero - y for _x, y, _fill in marks.circles], [f.value or 0 for f in expected])
    assert floor < zero
    by_year = {year: x for (x, _y, _fill), f in zip(marks.circles, expected, strict=True) for year in [f.edition]}
    assert [year for year, _x in sorted(by_year.items(), key=lambda pair: pair[1])] == sorted(by_year)
    for (_x, _y, fill), figure in zip(marks.circles, expected, strict=True):
        assert (fill == svg.PAPER) == figure.is_soft


@pytest.mark.parametrize("layer", ["region_2014", "region_2016", "departement"])
def test_a_map_fills_each_territory_by_the_class_of_its_value(reading_demo: Path, layer: maps.Layer) -> None:
    names = list(maps.territories()["layers"][layer]["names"])
    values = {code: float(place % 50) for place, code in enumerate(names) if place != 3}
    breaks = [10, 20, 30, 40]
    drawn = choropleth.choropleth(BOX, SIZE, values, layer=layer, breaks=breaks, listed=[], heading="")
    prefix = "d" if layer == "departement" else "r"
    outline = outlines(layer)
    fills = {path: fill for path, fill, _stroke in of_svg(bound(drawn, None)).paths if fill and fill != "none"}
    for code in names:
        step = maps.step(values.get(code), breaks)
        assert fills[outline[f"{prefix}{code}"]] == ("url(#nodata)" if step is None else svg.STEPS[step]), code


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("name", ["regions", "types", "departements", "familles", "regions-taux"])
def test_whole_pictures_hold_bars_in_proportion_to_their_rows(reading_demo: Path, name: str, size: str) -> None:
    picture = drawing(name, gather(Filters(editions=(2014,))))
    marks = of_svg(render(picture, SIZES[size], is_bound=False))
    numbers = {plain(str(row["libelle"])): float(row["nombre"]) for row in picture.rows}
    drawn = [bar for bar in marks.filled(svg.ACCENT) if bar.height > 5 and bar.width > 0 and bar.y > 60]
    pairs = [
        (bar, label.text)
        for bar in drawn
        for label in marks.words
        if label.text in numbers and label.anchor == "end"
        if bar.y <= label.y <= bar.bottom and 0 <= bar.x - label.x < 40
    ]
    assert len(pairs) >= min(5, sum(n > 0 for n in numbers.values()))
    assert in_proportion([bar.width for bar, _name in pairs], [numbers[label] for _bar, label in pairs])


# On pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["editions", "types", "calendrier", "types-editions", "regions-editions", "familles"])
def test_the_shapes_of_a_page_hold_the_marks_of_the_file(reading_demo: Path, name: str) -> None:
    picture = drawing(name, gather(Filters(editions=(2014,))))
    shapes = re.findall(r"<svg .*?</svg>", in_html.on_page(picture), flags=re.DOTALL)
    assert len(shapes) == len(in_html.SHAPES)
    keys = [re.findall(r'data-mark="([^"]*)"', shape) for shape in shapes]
    assert keys[0]
    assert keys[0] == keys[1] == keys[2]
    fills = ("var(--accent)", "var(--accent-2)", "var(--quiet)", "var(--step-", "var(--context)", "url(#")
    counted = [
        sum(bar.height > 0 and bar.fill.startswith(fills[:-2]) for bar in of_svg(shape).bars) for shape in shapes
    ]
    file = of_svg(render(picture, SIZES["a4"], is_alone=False, is_bound=False))
    in_file = sum(bar.height > 0 and bar.y > 6 and bar.fill.startswith(fills[:-2]) for bar in file.bars)
    assert len({*counted}) == 1
    assert abs(counted[0] - in_file) <= 1  # the accent above the file's title


def test_a_mark_says_its_number_and_leads_where_it_is_told(reading_demo: Path) -> None:
    picture = drawing("types", gather(Filters(editions=(2014,))))
    rows = {str(row["code"]): row for row in picture.rows}
    html = in_html.led(in_html.on_page(picture), {code: f"/agenda?type={code}" for code in rows})
    links = re.findall(
        r'<a href="/agenda\?type=([\w-]+)" target="_self" data-facts="[^"]+" data-go="Voir" '
        r'aria-label="([^"]*)"><title>([^<]*)</title>(.*?)</a>',
        html,
    )
    assert len(links) == len(rows) * len(in_html.SHAPES)
    for code, label, bubble, inner in links:
        assert unescape(label) == unescape(bubble) == f"{rows[code]['libelle']}\u00a0: {number(rows[code]['nombre'])}"
        assert [words.text for words in of_svg(inner).words][-1] == plain(number(rows[code]["nombre"]))
    assert 'role="img"' not in html
    assert number(1234) in in_html.on_page(replace(picture, alt=number(1234)))  # its space does not break
    assert "data-mark" not in html
    assert 'role="img"' in in_html.on_page(picture)


def test_bars_in_tables_are_as_long_as_their_numbers() -> None:
    columns_of = [Column("Région", "name", is_head=True), Column("Nombre", "count", True, True)]
    rows = [{"name": Cell(name), "count": figures.bar_cell(n)} for name, n in ROWS]
    html = figures.table_html(columns_of, rows, caption="Essai")
    for (name, n), row in zip(ROWS, re.findall(r"<tr><th scope=\"row\".*?</tr>", html), strict=True):
        assert name in row
        spans = elements(row, "span", "bar")
        assert len(spans) == (1 if n else 0)
        if n:
            assert number_in(spans[0][0]["style"], "--part") == pytest.approx(n / 213, abs=0.001)


def test_sparklines_are_as_high_as_their_numbers(reading_demo: Path) -> None:
    counts = {year: 10 + 13 * (year - 2008) for year in range(2008, 2015)}
    html = league.spark(counts, Filters(editions=(2012,)))
    assert f"--n:{len(counts)}" in html
    heights = [number_in(attributes["style"], "height") for attributes, _text in elements(html, "i")]
    assert in_proportion(heights, counts.values(), 0.01)
    assert [attributes.get("class") == "chosen" for attributes, _text in elements(html, "i")] == [
        y == 2012 for y in counts
    ]


@pytest.mark.parametrize("n", [1, 3, 7, 19, 30])
def test_a_sparkline_has_the_same_room_for_any_number_of_editions(n: int) -> None:
    """The widths of assets/campaign.css, computed as a browser does: nothing of the latest edition is cut off."""
    css = (ROOT / "assets" / "campaign.css").read_text("utf-8")
    gap = re.search(r"\.spark {[^}]*gap: min\((\d+)px, calc\((\d+)px / var\(--n\)\)\)", css)
    bar = re.search(r"\.spark i {[^}]*width: clamp\((\d+)px, calc\((\d+)px / var\(--n\)\), (\d+)px\)", css)
    assert gap
    assert bar
    most_gap, all_gaps = (int(each) for each in gap.groups())
    least, all_bars, most = (int(each) for each in bar.groups())
    assert n * max(least, min(all_bars / n, most)) + (n - 1) * min(most_gap, all_gaps / n) <= 64


def test_what_a_page_carries_is_drawn_as_it_was_and_holds_no_element() -> None:
    hostile = "<svg><text>&lt;/pre&gt;&lt;script&gt; &amp;amp; « 1\u202f000 »</text></svg>"
    html = f"<figure><b>a</b>{hostile}{hostile}<p>&lt;b&gt;</p>{hostile}</figure>"
    text = in_html.carried(html)
    assert "<svg" not in text
    assert text.count("<pre") == text.count("</pre>") == 2
    assert "<script" not in in_html.uncarried(text)
    assert in_html.uncarried(text) == html


def test_a_territory_wider_than_the_country_wants_less_height() -> None:
    """Room below a wide region's map would be white between its legend and its buttons."""
    whole = choropleth.height(340, 14)
    assert choropleth.height(340, 14, ("22", "29", "35", "56")) < whole - 30
    assert choropleth.height(340, 14, ("2A", "2B")) == whole, "a tall one is no taller than the country"
