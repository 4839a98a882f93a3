"""Tables as HTML: rows whose cells lead, bars on one scale per column; sorted, searched and taken away by assets/tables.js."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, TypeVar

from campaign.core.language import _
from campaign.filters import urls
from campaign.wording.numbers import number

LEAST_SORTED: Final = 4  # rows from which a table is sorted and taken away
MOST_FOLDED: Final = 8  # rows of a folded table in sight; assets/campaign.css says the same
MOST_ON_PHONE: Final = 5  # on a telephone, where all long ones are folded; it says that too
LEAST_HIDDEN: Final = 3  # rows that a fold or a cut must take away: a button for one row is longer than the row
FOLDED: Final = "folded"
ON_PHONE: Final = "folded-on-phone"
STACKED: Final = (
    "stacked"  # a table of long texts: on a telephone its cells stand below one another, each with its heading
)
MOST_UNSEARCHED: Final = 15  # rows above which it is searched

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """One column of a table: heading, key of the row, whether it holds numbers, a bar behind them, or the rows' heads.

    `full` is the amount of a whole bar, where it is not the column's greatest: 1 for shares of a target.
    """

    heading: str
    key: str
    is_number: bool = False
    has_bar: bool = False
    is_head: bool = False
    full: float | None = None


@dataclass(frozen=True)
class Cell:
    """A cell's text, the amount that its bar shows, and its link."""

    text: str
    amount: float | None = None
    href: str | None = None
    css: str = ""
    html: str | None = None  # instead of the text: HTML of ours, already escaped


def table_html(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Cell]],
    *,
    caption: str,
    css: str = "",
    foot: Mapping[str, Cell] | None = None,
    has_tools: bool = True,
    is_folded: bool = False,
    is_whole: bool = False,
) -> str:
    """Return a table whose first column (or the one with `is_head`) heads its rows; bars share one scale per column.

    `is_folded`: whether a long one shows its first rows until the reader asks for all; sorting and searching reach them all. On a
    telephone every long one does, unless it is the page's own answer, to be seen whole (`is_whole`).
    `has_tools`: whether it can be copied and taken away, which a list of addresses with buttons of its own cannot.
    """
    listed = list(rows)
    scales = {
        column.key: column.full or max((row[column.key].amount or 0 for row in listed), default=0) or 1
        for column in columns
        if column.has_bar
    }
    heads = "".join(_head(column, listed) for column in columns)
    is_stacked = STACKED in css.split()
    body = "".join(f"<tr>{_cells(columns, row, scales, is_stacked)}</tr>" for row in listed)
    last = f"<tfoot><tr>{_cells(columns, foot, scales)}</tr></tfoot>" if foot else ""
    fold = ""
    if has_tools and is_folded and _hides_enough(listed, MOST_FOLDED):
        fold = FOLDED
    elif has_tools and not is_whole and _hides_enough(listed, MOST_ON_PHONE):
        fold = ON_PHONE
    css = f"{css} {fold}".strip()
    table = (
        f'<table class="figures {css}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{last}</table>"
    )
    frame = f'<div class="table-frame" tabindex="0" role="region" aria-label="{escape(caption)}">{table}</div>'
    return frame + _tools(caption, len(listed), fold) if has_tools else frame


def first_rows(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Return the first rows of a list that is cut; all where only a few more would be left out."""
    return rows[:most] if len(rows) >= most + LEAST_HIDDEN else rows


def _hides_enough(rows: Sequence[Mapping[str, Cell]], in_sight: int) -> bool:
    """Whether rows beyond those in sight are enough to fold away; the reader's choice stays in sight wherever it stands."""
    folded = [row for row in rows[in_sight:] if not any("chosen" in cell.css.split() for cell in row.values())]
    return len(folded) >= LEAST_HIDDEN


def _head(column: Column, rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return the head of a column; where rows have texts to order, a button that sorts by it (assets/tables.js)."""
    words = escape(column.heading)
    has_texts = any(column.key in row and row[column.key].text for row in rows)
    if words and has_texts and len(rows) >= LEAST_SORTED:
        words = f'<button type="button" class="sort">{words}</button>'
    return f'<th scope="col"{_number_class(column)}>{words}</th>'


def _tools(caption: str, n_rows: int, fold: str) -> str:
    """Return what takes a table away, and searches a long one."""
    if n_rows < LEAST_SORTED:
        return ""
    search = (
        f'<input type="search" data-table="search" placeholder="{escape(_("Chercher dans ce tableau"))}" '
        f'aria-label="{escape(_("Chercher dans le tableau : {caption}", caption=caption))}"><output></output>'
        if n_rows > MOST_UNSEARCHED
        else ""
    )
    more = _("Toutes les lignes ({n})", n=number(n_rows))
    unfold = f'<button type="button" data-table="unfold" class="of-{fold}">{escape(more)}</button>' if fold else ""
    buttons = unfold + "".join(
        f'<button type="button" data-table="{kind}" data-done="{escape(_("Copié"))}" '
        f'aria-label="{escape(f"{words} : {caption}")}">{escape(words)}</button>'
        for kind, words in (("copy", _("Copier")), ("csv", _("CSV de ce tableau")))
    )
    return f'<div class="table-tools">{search}{buttons}</div>'


def _cells(
    columns: Sequence[Column], row: Mapping[str, Cell], scales: Mapping[str, float], is_stacked: bool = False
) -> str:
    html = []
    head = next((index for index, column in enumerate(columns) if column.is_head), 0)
    for index, column in enumerate(columns):
        cell = row.get(column.key, Cell(""))
        inner = cell.html or (urls.anchor(cell.href, cell.text) if cell.href else escape(cell.text))
        kind = " ".join(part for part in ("number" if column.is_number else "", cell.css) if part)
        bar = ""
        if column.has_bar and cell.amount is not None and cell.amount > 0:
            part = min(cell.amount / scales[column.key], 1)
            bar = f'<span class="bar" aria-hidden="true" style="--part:{part:.3f}"></span>'
            kind += " with-bar"
        css = f' class="{kind}"' if kind else ""
        if is_stacked and index != head:
            css += f' data-head="{escape(column.heading)}"'
        html.append(
            f'<th scope="row"{css}>{inner}</th>' if index == head else f"<td{css}>{bar}<span>{inner}</span></td>"
        )
    return "".join(html)


def _number_class(column: Column) -> str:
    return ' class="number"' if column.is_number else ""
