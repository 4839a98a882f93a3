"""The projection of the final count: its refusals, its range, and how often the range holds."""

import random
from datetime import date
from math import gamma, pi, sqrt
from pathlib import Path

import pytest

from campaign import store
from campaign.analysis import pace
from campaign.analysis.pace import ChamberPace, Curve
from campaign.analysis.projection import BackTest, Projection, Shape, back_test, project, student_90
from campaign.core.errors import CampaignError
from campaign.filters import Filters
from campaign.profile import filled

PAST = [Shape(2010, 400, 1000), Shape(2011, 500, 1100), Shape(2012, 450, 1200)]


def test_range_around_what_the_shapes_say() -> None:
    projection = project(500, PAST)
    assert isinstance(projection, Projection)
    assert projection.low < projection.central < projection.high
    # The geometric mean of 2.5, 2.2 and 2.667 is 2.448.
    assert projection.central == 1224


def test_a_tenth_lies_beyond_each_of_student_s_values() -> None:
    steps = 200  # Simpson's rule over the density, from the middle
    for freedom in range(1, 41):
        value = student_90(freedom)
        power = (freedom + 1) / 2
        top = gamma(power) / (sqrt(freedom * pi) * gamma(freedom / 2))
        heights = [top * (1 + (value * k / steps) ** 2 / freedom) ** -power for k in range(steps + 1)]
        area = (heights[0] + heights[-1] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2])) * value / steps / 3
        assert area == pytest.approx(0.4, abs=1e-4), freedom


def test_equal_shapes_leave_no_doubt_and_nothing_falls_below_what_is_known() -> None:
    same = [Shape(2010 + k, 500, 1000) for k in range(4)]
    assert project(300, same) == Projection(600, 600, 600)
    editions = [Shape(2010, 1000, 1000), Shape(2011, 990, 1000), Shape(2012, 1000, 1000)]
    projection = project(800, editions)
    assert isinstance(projection, Projection)
    assert projection.low >= 800


@pytest.mark.parametrize(
    ("known", "past", "why"),
    [
        (500, PAST[:2], "few_editions"),
        (29, PAST, "few_known"),
        (500, [Shape(shape.edition, 50, 1000) for shape in PAST], "early"),
        (500, [Shape(shape.edition, 0, 1000) for shape in PAST], "early"),
    ],
)
def test_refusals(known: int, past: list[Shape], why: str) -> None:
    assert project(known, past) == why


def test_back_test_projects_each_edition_from_the_others() -> None:
    past = [*PAST, Shape(2013, 480, 1150)]
    tested = back_test(past)
    assert tested is not None
    assert tested.editions == (2010, 2011, 2012, 2013)
    others = project(400, past[1:])
    assert isinstance(others, Projection)
    assert tested.errors[0] == pytest.approx(others.central / 1000 - 1)
    assert tested.n_held == sum(tested.held)
    assert back_test(PAST) is None
    assert BackTest((2010, 2011), (0.1, -0.3), (True, False)).typical_error == pytest.approx(0.2)


def drawn(random_: random.Random, final: int, share: float, spread: float) -> Shape:
    """Return an edition whose share known by a day varies, each event then known or not."""
    own = min(max(share * random_.lognormvariate(0, spread), 0.02), 0.98)
    return Shape(0, sum(random_.random() < own for _event in range(final)), final)


@pytest.mark.parametrize("spread", [0.0, 0.08, 0.2])
def test_range_holds_eight_times_in_ten_on_synthetic_curves(spread: float) -> None:
    random_ = random.Random(2014)  # noqa: S311
    held = tried = 0
    for _trial in range(400):
        share = random_.uniform(0.25, 0.6)
        editions = [
            drawn(random_, random_.randint(250, 900), share, spread) for _edition in range(random_.randint(4, 8))
        ]
        projection = project(editions[-1].known, editions[:-1])
        if isinstance(projection, Projection):
            tried += 1
            held += projection.low <= editions[-1].final <= projection.high
    assert tried > 350
    assert 0.70 <= held / tried <= 0.90


def test_range_holds_eight_times_in_ten_on_the_demonstration(reading_demo: Path) -> None:
    held: list[bool] = []
    for types in ((), ("conference",), ("atelier",), ("cine-debat", "colloque")):
        rows = store.query("registrations_by_day", chosen=Filters(types=types)).rows
        for curve_day in range(40, -10, -2):
            shapes = [
                Shape(curve.edition, curve.known_at(curve_day), curve.total)
                for curve in pace.curves(rows, 2014, by_weekday=False)
            ]
            tested = back_test(shapes)
            held += tested.held if tested else ()
    assert len(held) > 300
    assert 0.70 <= sum(held) / len(held) <= 0.90


def test_curve_is_read_at_any_day() -> None:
    curve = Curve(2014, (40, 10, -5), (1, 3, 4), 0)
    assert [curve.known_at(day) for day in (41, 40, 11, 10, 0, -5, -60)] == [0, 1, 1, 3, 3, 4, 4]
    assert curve.total == 4


def test_import_dates_take_the_pace_away() -> None:
    assert pace.has_pace(10, 2)
    assert not pace.has_pace(10, 3)
    assert not pace.has_pace(0, 0)


@pytest.mark.parametrize("edition", range(2008, 2027))
@pytest.mark.usefixtures("reading_demo")
def test_weekday_of_the_opening(edition: int) -> None:
    day = pace.opening(edition, 2014, by_weekday=True)
    assert day.weekday() == date(2014, 11, 1).weekday()
    assert abs((day - date(edition, 11, 1)).days) <= 3
    assert pace.opening(edition, 2014, by_weekday=False) == date(edition, 11, 1)


def test_chambers_gone_quiet() -> None:
    def row(chamber: str, edition: int, known: int, imported: int = 0) -> dict[str, object]:
        return {
            "chamber_id": chamber, "name": chamber, "region_codes": ["53"], "edition": edition, "n_known": known,
            "n_total": 50, "n_import_dated": imported,
        }  # fmt: skip

    rows = [
        *(row("a", year, 20) for year in (2012, 2013)), row("a", 2014, 9),
        *(row("b", year, 20) for year in (2012, 2013)), row("b", 2014, 10),
        *(row("c", year, 4) for year in (2012, 2013)), row("c", 2014, 0),
        *(row("d", year, 20, imported=11) for year in (2012, 2013)), row("d", 2014, 1),
    ]  # fmt: skip
    chambers = {one.name: one for one in pace.chambers(rows, 2014)}
    assert chambers["a"].is_quiet
    assert not chambers["b"].is_quiet
    assert chambers["c"].ratio is None
    assert chambers["d"].usual is None
    assert ChamberPace("e", True, (), 4, 10.0).is_quiet


def test_targets(own_profile: Path) -> None:
    assert filled.targets() == ()
    path = own_profile / "targets.csv"
    path.write_text("edition,nomenclature,region_code,target\n2014,2014,53,90\n2014,2014,FR,1800\n", encoding="utf-8")
    assert [(t.region_code, t.target) for t in filled.targets()] == [("53", 90), ("FR", 1800)]
    for wrong in ("2014,2014,53,beaucoup\n", "2014,2015,53,90\n", "2014,2014,53,0\n"):
        path.write_text(f"edition,nomenclature,region_code,target\n{wrong}", encoding="utf-8")
        with pytest.raises(CampaignError, match="ligne 2"):
            filled.targets()
    path.write_text("region;objectif\n", encoding="utf-8")
    with pytest.raises(CampaignError, match="colonnes"):
        filled.targets()
