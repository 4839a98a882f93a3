"""Charts as Plotly figures in plain dictionaries: pure functions, cheaper than graph objects, drawn alike everywhere."""

from collections.abc import Mapping
from typing import Any

from campaign.core.language import current
from campaign.core.palette import Theme

FONT = '"Source Sans", sans-serif'


def layout(theme: Theme, *, height: int, margin: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Return the layout that all charts share: our fonts and colours, French or English numbers, nothing to drag."""
    axis = {
        "gridcolor": theme["line"],
        "linecolor": theme["ink"],
        "zeroline": False,
        "fixedrange": True,
        "tickcolor": theme["line"],
    }
    return {
        "height": height,
        "margin": dict(margin or {"l": 8, "r": 8, "t": 8, "b": 28}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": theme["ink"]},
        "separators": ",\u202f" if current() == "fr" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": dict(axis),
        "yaxis": dict(axis),
    }
