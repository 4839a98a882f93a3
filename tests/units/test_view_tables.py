"""Tables: which fold, and which are cut."""

import re
from collections.abc import Sequence

import pytest

from campaign.core.settings import ROOT
from campaign.view.components import tables
from campaign.view.components.tables import Cell, Column, first_rows, table_html

COLUMNS = [Column("Nom", "name"), Column("Nombre", "n", True)]


def folded(n_rows: int, *, chosen: Sequence[int] = (), is_folded: bool = False) -> str:
    """Return the class by which a table of so many rows folds, "" where it does not."""
    rows = [{"name": Cell(str(n), css="chosen" if n in chosen else ""), "n": Cell(str(n))} for n in range(n_rows)]
    html = table_html(COLUMNS, rows, caption="Essai", is_folded=is_folded)
    table = re.search(r'<table class="figures (.*?)"', html)
    assert table
    assert ("unfold" in html) == bool(table[1])
    return table[1]


@pytest.mark.parametrize(
    ("n_rows", "chosen", "is_folded", "fold"),
    [
        (7, (), False, ""),
        (8, (), False, tables.ON_PHONE),
        (8, (7,), False, ""),
        (8, (0,), False, tables.ON_PHONE),
        (10, (), True, tables.ON_PHONE),
        (11, (), True, tables.FOLDED),
        (11, (9,), True, tables.ON_PHONE),
        (20, range(20), True, ""),
    ],
)
def test_a_fold_hides_at_least_three_rows(n_rows: int, chosen: Sequence[int], is_folded: bool, fold: str) -> None:
    assert folded(n_rows, chosen=chosen, is_folded=is_folded) == fold


def test_a_cut_leaves_out_at_least_three_rows() -> None:
    assert [len(first_rows(range(n), 10)) for n in (9, 10, 12, 13, 40)] == [9, 10, 12, 10, 10]


def test_the_stylesheet_hides_the_rows_that_are_counted_here() -> None:
    css = (ROOT / "assets" / "campaign.css").read_text(encoding="utf-8")
    hidden = [int(n) - 1 for n in re.findall(r"folded[^{]*tbody tr:nth-child\(n \+ (\d+)\)", css)]
    assert hidden == [tables.MOST_FOLDED, tables.MOST_ON_PHONE]
