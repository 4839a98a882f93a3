"""Charts as Plotly figures in plain dictionaries: pure functions, cheaper than graph objects, drawn alike everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaign.core.language import current

FONT = '"Source Sans", sans-serif'


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, by meaning."""

    ink: str
    ink_2: str
    line: str
    context: str
    accent: str
    amber: str


LIGHT = Palette("#16202E", "#55606E", "#DDD9D0", "#8A929C", "#0B7A75", "#B35C00")
DARK = Palette("#ECEAE4", "#A9B1BC", "#323A46", "#8A929C", "#4FC3B8", "#F0A04B")


def layout(palette: Palette, *, height: int, margin: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Return the layout that all charts share: our fonts and colours, French or English numbers, nothing to drag."""
    axis = {
        "gridcolor": palette.line,
        "linecolor": palette.ink,
        "zeroline": False,
        "fixedrange": True,
        "tickcolor": palette.line,
    }
    return {
        "height": height,
        "margin": dict(margin or {"l": 8, "r": 8, "t": 8, "b": 28}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": palette.ink},
        "separators": ",\u202f" if current() == "fr" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": dict(axis),
        "yaxis": dict(axis),
    }
