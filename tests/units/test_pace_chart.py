"""The pace is one thing: the page's chart and the file's picture show the same curves, bounds, day and projection."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from campaign.analysis import pace_chart
from campaign.analysis.figures import gather
from campaign.analysis.pace import Curve
from campaign.analysis.pace_chart import EARLIEST, LATEST, PaceChart
from campaign.charts import svg
from campaign.charts.sheet import SIZES, render
from campaign.core.settings import settings
from campaign.drawings import export
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from campaign.view.components import time_curves
from campaign.wording.numbers import number
from campaign.wording.pace import expected as range_in_words
from campaign.wording.pace import tick
from tests.drawn import texts

CHOSEN = (("edition", "2014"),)


@pytest.fixture(params=[date(2014, 10, 10), date(2014, 11, 6), date(2014, 12, 20)], ids=str)
def today(request: pytest.FixtureRequest, reading_demo: object, monkeypatch: pytest.MonkeyPatch) -> date:
    """A day on which the edition of 2014 still runs."""
    day: date = request.param
    monkeypatch.setattr(settings(), "today", day)
    return day


def paths(document: str) -> list[list[tuple[float, float]]]:
    """Return the corners of the staircases in a picture."""
    staircases = []
    for data in re.findall(r'<path d="(M[\d. ]+(?:H[\d.]+V[\d.]+)+)"', document):
        start = tuple(float(n) for n in re.findall(r"[\d.]+", data.split("H", 1)[0]))
        staircases.append([start, *((float(x), float(y)) for x, y in re.findall(r"H([\d.]+)V([\d.]+)", data))])
    return staircases  # type: ignore[return-value]


def test_the_last_day_is_the_31st_of_december() -> None:
    assert date(2014, 11, 1) + timedelta(days=LATEST) == date(2014, 12, 31)


def test_the_curve_of_a_running_edition_ends_today(today: date) -> None:
    chart = pace_chart.read(parse(CHOSEN))
    own = next(line for line in chart.lines if line.is_chosen)
    assert own.days[-1] == (today - date(2014, 11, 1)).days
    assert own.known[-1] == chart.known
    assert all(line.days[-1] == LATEST for line in chart.lines if not line.is_chosen)
    assert all(line.days[0] == -EARLIEST for line in chart.lines)


def test_page_and_file_draw_the_same(today: date) -> None:
    chart = pace_chart.read(parse(CHOSEN))
    page = time_curves.data_of(chart)
    assert (page["first"], len(page["days"])) == (-EARLIEST, EARLIEST + LATEST + 1)
    assert page["day"] == (None if chart.is_over else -chart.to_go)
    drawn = drawing("rythme", gather(parse(CHOSEN)))
    document = render(drawn, SIZES["a4"], is_bound=False)
    steps = paths(document)
    assert len(steps) == len(chart.lines)
    left, right = min(x for line in steps for x, _y in line), max(x for line in steps for x, _y in line)
    floor = re.search(rf'<path d="M([\d.]+) ([\d.]+)L([\d.]+) \2" stroke="{re.escape(svg.INK)}"', document)
    assert floor is not None
    assert (float(floor[1]), float(floor[3])) == (left, right), "the curves fill the axis from bound to bound"
    own = next(line for line in chart.lines if line.is_chosen)
    days = [[round(-EARLIEST + (x - left) / (right - left) * (EARLIEST + LATEST)) for x, _y in line] for line in steps]
    assert days[-1] == list(own.days), "the chosen edition is drawn last, on top"
    assert sorted(days) == sorted(list(line["days"]) for line in page["lines"])
    ticks = {page["days"][day - page["first"]] for day in page["ticks"]}
    assert ticks <= {text.words for text in texts(document)}


def test_the_projection_is_drawn_in_both(today: date) -> None:
    chart = pace_chart.read(parse(CHOSEN))
    assert chart.expected is not None
    words = range_in_words(chart.expected[0], chart.expected[2])
    page = time_curves.data_of(chart)
    assert page["expected"] == chart.expected
    assert page["expectedWords"] == words
    assert words in {text.words for text in texts(render(drawing("rythme", gather(parse(CHOSEN))), SIZES["a4"]))}


def test_the_numbers_hold_nothing_of_the_future(today: date) -> None:
    content = export.exported("rythme", "csv", parse(CHOSEN), "a4")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    own = [row for row in rows if row["edition"] == "2014"]
    projected = [row for row in own if row["etat"] == "projection"]
    assert [int(row["nombre"]) for row in projected] == list(pace_chart.read(parse(CHOSEN)).expected or ())
    counted = [row for row in own if row not in projected]
    assert counted[-1]["libelle"] == f"2014, {tick((today - date(2014, 11, 1)).days)}"
    assert {row["etat"] for row in rows if row["edition"] == "2013"} == {"définitif"}


def test_a_finished_edition_is_drawn_to_its_end(reading_demo: object) -> None:
    chart = pace_chart.read(parse(CHOSEN))
    assert chart.expected is None
    assert {line.days[-1] for line in chart.lines} == {LATEST}


def test_a_day_to_come_is_read_as_today(reading_demo: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", date(2014, 10, 10))
    assert pace_chart.day_of(parse([*CHOSEN, ("as_of", "2014-10-20")]), 2014) == date(2014, 10, 10)


def test_before_the_first_drawn_day_there_is_no_line_yet(reading_demo: object) -> None:
    curve = Curve(2014, (150, 130), (1, 2), 0)
    assert pace_chart.line_of(curve, 140, is_chosen=True).days == ()
    assert pace_chart.line_of(curve, 100, is_chosen=True).known == (2, 2)
    chart = PaceChart(2014, date(2014, 6, 1), (curve,))
    assert time_curves.data_of(chart)["lines"] == []


def test_both_are_laid_over_each_other_by_the_day_of_the_week_on_demand(reading_demo: object) -> None:
    by_date, by_weekday = (
        export.exported("rythme", "csv", parse(CHOSEN), "a4", options) for options in ((), (("align", "weekday"),))
    )
    assert by_date != by_weekday


def test_the_table_under_the_curves_holds_their_numbers(today: date) -> None:
    chart = pace_chart.read(parse(CHOSEN))
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th>(.*?)</tr>", time_curves.table(chart, "Rythme").split("<tbody>")[1])
    numbers = {day: re.findall(r"<span>(.*?)</span>", cells) for day, cells in rows}
    here = tick(-chart.to_go)
    assert numbers[here] == [number(curve.known_at(chart.to_go)) for curve in chart.curves if curve.has_pace]
    assert numbers[tick(LATEST)][-1] == "n.\u00a0c." or chart.is_over, "what is to come is not counted"


def test_a_staircase_has_no_height_after_its_end() -> None:
    assert [time_curves.known_on((-5, -2, 3), (1, 4, 6), day) for day in (-6, -5, -3, -2, 3, 4)] == [
        None, 1, 1, 4, 6, None,
    ]  # fmt: skip
