"""Charts of the steering pages, as Plotly figures in plain dictionaries."""

from collections.abc import Sequence
from typing import Any, Final

from campaign.analysis.pace_chart import EARLIEST, LATEST, TICKS, Line
from campaign.charts.plotly_figures import layout
from campaign.core.palette import Theme
from campaign.wording.numbers import number
from campaign.wording.pace import expected as range_in_words
from campaign.wording.pace import tick

MOST_MOVED: Final = 8  # names that may be moved apart without standing beside another line


def pace(
    lines: Sequence[Line], theme: Theme, *, day: int | None = None, expected: tuple[int, int, int] | None = None
) -> dict[str, Any]:
    """Return the curves of registrations, one label each at its end; `expected` is low, central and high of the last day.

    `day` is the day since the opening at which the chosen edition stands, marked by a line.
    """
    shown = layout(theme, height=430, margin={"l": 8, "r": 64, "t": 16, "b": 32})
    shown["xaxis"] |= {
        "range": [-EARLIEST, LATEST], "tickvals": list(TICKS), "ticktext": [tick(day) for day in TICKS], "showgrid": False,
        "tickangle": 0,
    }  # fmt: skip
    ends = [line.known[-1] for line in lines if line.known]
    top = max([*ends, *(expected or ()), 1])
    shown["yaxis"] |= {"range": [0, top * 1.08], "nticks": 6, "tickformat": ",d", "automargin": True}
    traces: list[dict[str, Any]] = []
    for line in sorted(lines, key=lambda line: line.is_chosen):
        traces.append(
            {
                "type": "scatter", "mode": "lines", "x": list(line.days), "y": list(line.known), "cliponaxis": False,
                "line": {"shape": "hv", "color": theme["accent"] if line.is_chosen else theme["context"],
                         "width": 3.5 if line.is_chosen else 1.5},
                "customdata": [[tick(since), number(n)] for since, n in zip(line.days, line.known, strict=True)],
                "hovertemplate": f"{line.label}, %{{customdata[0]}} : %{{customdata[1]}}<extra></extra>",
            }
        )  # fmt: skip
    if expected is not None:
        low, central, high = expected
        traces.append(
            {
                "type": "scatter", "mode": "markers", "x": [LATEST], "y": [central], "cliponaxis": False,
                "marker": {"color": theme["amber"], "size": 9, "symbol": "diamond"},
                "error_y": {"type": "data", "symmetric": False, "array": [high - central], "arrayminus": [central - low],
                            "color": theme["amber"], "thickness": 5, "width": 0},
                "hovertemplate": f"{range_in_words(low, high)}<extra></extra>",
            }
        )  # fmt: skip
    if day is not None and -EARLIEST <= day <= LATEST:
        shown["shapes"] = [
            {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": theme["ink-2"], "width": 1, "dash": "dot"}}
        ]  # fmt: skip
    shown["annotations"] = _end_labels(lines, top, theme)
    return {"data": traces, "layout": shown}


def _end_labels(lines: Sequence[Line], top: int, theme: Theme) -> list[dict[str, Any]]:
    """Return the labels at the right, moved apart where two ends are near; that of a line that stops earlier is at its end.

    In a long run of editions none is moved: an older one that has no room at its own height is left to the pointer.
    """
    wanted = [(float(line.known[-1]), line) for line in lines if line.known]
    apart = top * 0.05
    if len(wanted) > MOST_MOVED:
        wanted = _with_room(wanted, apart * 0.9)
    notes: list[dict[str, Any]] = []
    last: float | None = None
    for value, line in sorted(wanted, key=lambda pair: (pair[0], pair[1].edition)):
        height = value if line.is_stopped or last is None or len(lines) > MOST_MOVED else max(value, last + apart)
        last = last if line.is_stopped else height
        colour = theme["accent"] if line.is_chosen else theme["ink-2"]
        text = f"<b>{line.label}</b>" if line.is_chosen else line.label
        notes.append(
            {"x": line.days[-1], "y": height, "xanchor": "left", "xshift": 6, "yanchor": "middle", "text": text, "showarrow": False,
             "font": {"color": colour, "size": 13}}
        )  # fmt: skip
    return notes


def _with_room(wanted: Sequence[tuple[float, Line]], apart: float) -> list[tuple[float, Line]]:
    """Return the ends that can be named at their own height: the chosen edition, then the latest ones first."""
    kept: list[tuple[float, Line]] = []
    for value, line in sorted(wanted, key=lambda pair: (not pair[1].is_chosen, -pair[1].edition)):
        if line.is_stopped or all(other.is_stopped or abs(value - height) >= apart for height, other in kept):
            kept.append((value, line))
    return kept
