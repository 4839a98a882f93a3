"""The events of each day, edition beside edition, as a Plotly figure in plain dictionaries: cheaper than graph objects.

Plotly has what this needs: one bubble for all editions of a day, a slider under the period, a legend that puts editions on and
off, a double-click that shows all again.
"""

from collections.abc import Mapping
from typing import Any, Final

from campaign.core.language import current
from campaign.core.palette import Theme

FONT: Final = '"Source Sans", "Source Sans 3", sans-serif'
AT_ONCE: Final = 3  # editions that are shown at first: the latest; the legend brings the others
HEIGHT: Final = 440
EVERY: Final = 14  # days between two marks of the axis: as many as a telephone has room for

# counts by edition and by day since its opening (0 is the first day of the core period)
Counts = Mapping[int, Mapping[int, int]]


def days(counts: Counts, theme: Theme, *, chosen: int, names: Mapping[int, str], unit: str) -> dict[str, Any]:
    """Return one line per edition over the days since its opening, from the first to the last day that has an event.

    `names` are the days in words, by their number; `unit` stands in the bubble. A day without an event is 0 between the first
    and the last day of its edition; before and after there is no line.
    """
    latest = sorted(counts)[-AT_ONCE:]
    traces: list[dict[str, Any]] = []
    for edition in sorted(counts):
        own = counts[edition]
        if not own:
            continue
        span = range(min(own), max(own) + 1)
        is_chosen = edition == chosen
        traces.append(
            {
                "type": "scatter", "mode": "lines", "name": str(edition), "x": [_name(day, names) for day in span],
                "y": [own.get(day, 0) for day in span],
                "visible": True if is_chosen or edition in latest else "legendonly",
                "line": {"color": theme["accent"] if is_chosen else theme["context"], "width": 3 if is_chosen else 1.5,
                         "dash": "solid" if is_chosen else _dash(edition, latest)},
                "hovertemplate": f"%{{y:,d}} {unit}",
            }
        )  # fmt: skip
    every = [day for own in counts.values() for day in own]
    first, last = (min(every), max(every)) if every else (0, 0)
    order = [_name(day, names) for day in range(first, last + 1)]
    ticks = [_name(day, names) for day in range(first, last + 1) if day % EVERY == 0]
    axis = {"gridcolor": theme["line"], "linecolor": theme["ink"], "zeroline": False, "tickcolor": theme["line"]}
    return {
        "data": traces,
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 13, "color": theme["ink"]},
            "separators": ",\u202f" if current() == "fr" else ".,",
            "hovermode": "x unified",
            "hoverlabel": {"bgcolor": theme["paper"], "bordercolor": theme["line"], "font": {"color": theme["ink"]}},
            "dragmode": "zoom",
            "showlegend": True,
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "entrywidth": 48, "font": {"size": 12}},
            "xaxis": axis | {
                "type": "category", "categoryorder": "array", "categoryarray": order,  # so that the bubble names the day in words
                "tickvals": ticks, "showgrid": False, "tickangle": 0,
                "rangeslider": {"visible": True, "thickness": 0.1, "bgcolor": theme["ground"]},
            },
            "yaxis": axis | {"rangemode": "tozero", "tickformat": ",d", "automargin": True, "fixedrange": True},
        },
    }  # fmt: skip


def _name(day: int, names: Mapping[int, str]) -> str:
    return names.get(day, str(day))


def _dash(edition: int, latest: list[int]) -> str:
    """Return how the line of an earlier edition is drawn, so that the latest ones differ by more than their shade."""
    return ("dot", "dash", "solid")[latest.index(edition)] if edition in latest else "solid"
