"""A drawing of the catalogue on a page: the one that files, frames and kits hold, with its own title, unit and period."""

from collections.abc import Mapping
from html import escape

from campaign.charts.in_html import led
from campaign.charts.sheet import Drawing
from campaign.core.language import _
from campaign.drawings.on_page import on_page
from campaign.filters import Filters
from campaign.view.components import figures
from campaign.wording.numbers import number


def drawing(
    name: str,
    chosen: Filters,
    *,
    hrefs: Mapping[str, str] | None = None,
    selected: str | None = None,
    source: str = "",
    table: str | None = None,
    **options: str | int | None,
) -> Drawing:
    """Draw one drawing of a choice, and return it.

    `hrefs` says where its marks lead, by their keys; `selected` is the one of the reader's choice. `table` is what stands
    folded under it, instead of its own numbers; "" where the page has them. `options` are those of the drawing and its files.
    """
    given = tuple(sorted((key, str(value)) for key, value in options.items() if value is not None))
    chart = on_page(name, chosen, given)
    folded = _table(chart.drawn) if table is None else table
    if folded:
        folded = f"<details><summary>{escape(_('Les mêmes nombres en tableau'))}</summary>{folded}</details>"
    figures.drawing(
        chart.drawn.title,
        chart.drawn.subtitle,
        led(chart.html, hrefs or {}, selected) + folded,
        source=source,
        files=figures.files_html(name, chosen, is_enlarged=True, **options),
        name=name,
    )
    return chart.drawn


def _table(drawn: Drawing) -> str:
    """Return the numbers of a drawing, as its CSV holds them."""
    unit = str(drawn.rows[0]["unite"]) if drawn.rows else ""
    columns = [figures.Column(_("Libellé"), "name"), figures.Column(unit, "n", True)]
    rows = [{"name": figures.Cell(str(row["libelle"])), "n": figures.Cell(number(row["nombre"]))} for row in drawn.rows]
    return figures.table_html(columns, rows, caption=drawn.title)
