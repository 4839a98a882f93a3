"""The days of all editions beside each other, drawn once somebody asks for it: Plotly's script weighs more than the page."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from campaign import store
from campaign.analysis import edition_dates
from campaign.charts import plotly_days
from campaign.core.language import _
from campaign.filters import Filters, codes, urls
from campaign.profile import colours
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column, table_html
from campaign.wording import labels, pace
from campaign.wording.numbers import missing, number

EDITIONS = "editions"


def switch(chosen: Filters, beside: str | None) -> None:
    """Draw the choice between one edition and all of them."""
    if len(codes().counted_editions) < 2:
        return
    figures.switch(
        _("Comparer"),
        [
            (_("cette édition seule"), urls.link("calendar", chosen), beside != EDITIONS),
            (_("les éditions, jour par jour"), urls.link("calendar", chosen, beside=EDITIONS), beside == EDITIONS),
        ],
    )


def counts(chosen: Filters) -> dict[int, dict[int, int]]:
    """Return the counts of each edition by day since its own opening; editions without an event in this choice are left out."""
    territory = edition_dates.territory_of(chosen)
    counts_by_edition: dict[int, dict[int, int]] = {}
    for edition in codes().counted_editions:
        first = edition_dates.core(edition, territory)[0]
        rows = store.query("events_by_day", **chosen.replace(editions=(edition,)).params()).rows
        if rows:
            counts_by_edition[edition] = {(row["day"] - first).days: row["count"] for row in rows}
    return counts_by_edition


def drawing(chosen: Filters, edition: int) -> None:
    """Draw the days of all editions in this choice, and the same numbers as a table."""
    counts_by_edition = counts(chosen.replace(from_day=None, to_day=None))
    if not counts_by_edition:
        return
    unit = labels.unit("sessions" if chosen.unit == "sessions" else "events")
    names = {day: pace.tick(day) for own in counts_by_edition.values() for day in range(min(own), max(own) + 1)}
    theme = colours.dark() if st.context.theme.type == "dark" else colours.light()
    title = _("Les éditions, jour par jour depuis leur ouverture")
    subtitle = _(
        "Glissez sur le dessin ou sous lui pour choisir une période ; la légende montre ou cache une édition ; "
        "double-clic pour tout revoir."
    )
    st.html(
        f'<div class="drawing"><figcaption><strong>{escape(title)}</strong><span>{escape(subtitle)}</span></figcaption></div>'
    )
    st.plotly_chart(
        plotly_days.days(counts_by_edition, theme, chosen=edition, names=names, unit=unit),
        theme=None,
        key="days_compared",
        alt=f"{title} : {' ; '.join(f'{year}, {number(max(own.values()))}' for year, own in counts_by_edition.items())}",
        config={"displayModeBar": False, "locale": "fr", "responsive": True, "scrollZoom": False},
    )
    if chosen.from_day or chosen.to_day:
        figures.note(_("Toutes les dates de chaque édition, quelles que soient celles qui sont choisies."))
    st.html(
        f"<details><summary>{escape(_('Les mêmes nombres en tableau'))}</summary>{_table(counts_by_edition, edition, title)}</details>"
    )


def _table(counts_by_edition: Mapping[int, Mapping[int, int]], edition: int, caption: str) -> str:
    """Return a row for every day and a column for every edition; n. c. before its first and after its last day."""
    days = sorted({day for own in counts_by_edition.values() for day in range(min(own), max(own) + 1)})
    columns = [Column(_("Jour"), "day"), *(Column(str(year), str(year), True) for year in counts_by_edition)]
    rows = [
        {
            "day": Cell(pace.tick(day), float(day)),
            **{
                str(year): Cell(
                    number(own.get(day, 0)) if min(own) <= day <= max(own) else missing(),
                    css="chosen" if year == edition else "",
                )
                for year, own in counts_by_edition.items()
            },
        }
        for day in days
    ]
    return table_html(columns, rows, caption=caption)
