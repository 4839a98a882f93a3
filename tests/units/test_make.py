"""The README's test command runs every test that there is."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from campaign.core.settings import ROOT
from tests.conftest import pytest_collection_modifyitems
from tests.samples import is_chosen


def test_every_folder_of_tests_is_run_once() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    named = re.findall(r"tests/(\w+)", recipe)
    there = sorted({path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")})
    assert sorted(named) == there


def test_every_target_that_is_listed_is_named_for_contributors() -> None:
    makefile, contributing = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "CONTRIBUTING.md"))
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    assert targets > {"run", "test", "test-all", "lint", "bench", "faults", "load", "reference"}
    inner = {"help", "browser", "servers", "clean"}
    assert sorted(target for target in targets - inner if not re.search(rf"`make {target}\b(?!-)", contributing)) == []


def test_each_row_of_a_table_is_run_within_as_many_days_as_rows_are_left_out() -> None:
    day = 739_000
    for every in (1, 2, 3):
        runs = [[row for row in range(7) if is_chosen(row, every, first)] for first in range(day, day + every)]
        assert sorted(row for run in runs for row in run) == list(range(7))


@pytest.mark.parametrize(
    ("day", "given", "names"),
    [
        (739_001, "tests/units", ["a", "daily", "e"]),
        (739_002, "tests/units", ["b", "daily", "f"]),
        (739_003, "tests/units", ["c", "daily", "g"]),
        (739_004, "tests/units", ["d", "daily", "h"]),
        (739_001, "tests/units/test_make.py", [*"abcd", "daily", *"efgh"]),
        (739_001, "--every-day", [*"abcd", "daily", *"efgh"]),
    ],
)
def test_tests_take_turns(monkeypatch: pytest.MonkeyPatch, day: int, given: str, names: list[str]) -> None:
    monkeypatch.setenv("TESTS_DAY", str(day))
    marks = {name: None if name == "daily" else pytest.mark.in_turn.mark for name in (*"abcd", "daily", *"efgh")}
    items: list[Any] = [
        SimpleNamespace(name=name, path=Path(__file__), get_closest_marker={"in_turn": mark}.get)
        for name, mark in marks.items()
    ]
    hook = SimpleNamespace(pytest_deselected=lambda items: None)
    config: Any = SimpleNamespace(getoption=given.__eq__, args=[str(ROOT / given)], hook=hook)
    pytest_collection_modifyitems(config, items)
    assert [item.name for item in items] == names
