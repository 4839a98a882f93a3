"""Curves of several editions over the days of a campaign; assets/curves.js draws them and answers mouse, finger and keys."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import orjson

from campaign.analysis.pace_chart import EARLIEST, LATEST, TICKS, Line, PaceChart
from campaign.core.language import _, current
from campaign.view.components.figures import Cell, Column, table_html
from campaign.wording import pace as wording
from campaign.wording.numbers import missing, number

EVERY: Final = 10  # days between two rows of the table


def html(chart: PaceChart, *, label: str, zoom: str | None = None, alone: str | None = None) -> str:
    """Return the curves as data for the browser; `zoom`, the period in sight, and `alone`, an edition, stand in the address."""
    json = escape(orjson.dumps(data_of(chart) | {"zoom": zoom, "alone": alone}).decode())
    return f'<div class="curves" data-label="{escape(label)}" data-curves="{json}"></div>'


def data_of(chart: PaceChart) -> dict[str, Any]:
    """Return what is drawn: the days by name, the staircases, the day of the choice, the projection."""
    return {
        "first": -EARLIEST,
        "days": [wording.tick(day) for day in range(-EARLIEST, LATEST + 1)],
        "ticks": list(TICKS),
        "day": None if chart.is_over else -chart.to_go,
        "expected": chart.expected,
        "expectedWords": wording.expected(chart.expected[0], chart.expected[2]) if chart.expected else "",
        "lines": [
            {"name": line.label, "days": line.days, "known": line.known, "isChosen": line.is_chosen}
            for line in chart.lines
            if line.known
        ],
        "lang": current(),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "colon": _(" : "),
        "opening": _("ouverture"),
        "here": _("au jour choisi"),
        "expected": _("attendus à la fin"),
        "alone": _("Voir une édition seule"),
        "all": _("Tout revoir"),
        "nearer": _("Agrandir la période"),
        "farther": _("Réduire la période"),
        "missing": missing(),
        "hint": _("Glissez sur le dessin pour agrandir une période ; double-clic pour tout revoir."),
        "keys": _("flèches : un jour ; + et − : la période ; 0 : tout revoir"),
    }


def table(chart: PaceChart, caption: str) -> str:
    """Return the numbers of the curves: a row for every tenth day, the opening and the day of the choice."""
    lines = [line for line in chart.lines if line.known]
    here = [] if chart.is_over else [-chart.to_go]
    days = sorted({*range(-EARLIEST, LATEST + 1, EVERY), *(day for day in here if -EARLIEST <= day <= LATEST)})
    columns = [Column(_("Jour"), "day"), *(Column(line.label, line.label, True) for line in lines)]
    rows = [
        {
            "day": Cell(wording.tick(day), float(day), css="chosen" if day in here else ""),
            **{line.label: _known(line, day) for line in lines},
        }
        for day in days
    ]
    return table_html(columns, rows, caption=caption)


def _known(line: Line, day: int) -> Cell:
    """Return what an edition knew on a day; n. c. for days that it has not reached."""
    return Cell(number(known_on(line.days, line.known, day)), css="chosen" if line.is_chosen else "")


def known_on(days: Sequence[int], known: Sequence[int], day: int) -> int | None:
    """Return the height of a staircase on a day, None after its end."""
    if not days or day > days[-1] or day < days[0]:
        return None
    return next(n for at, n in zip(reversed(days), reversed(known), strict=True) if at <= day)
