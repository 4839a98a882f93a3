"""Charts of the steering pages, as Plotly figures in plain dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from campaign.charts import Palette, layout
from campaign.language import _
from campaign.wording.numbers import number

EARLIEST: Final = 120  # days before the opening that are drawn
LATEST: Final = 61  # after it: the 31 December
TICKS: Final = (-90, -45, 0, 45)


@dataclass(frozen=True)
class Line:
    """One edition's curve: days since the opening (negative before), events known, whether it is the reader's."""

    label: str
    days: Sequence[int]
    known: Sequence[int]
    is_chosen: bool


def tick(day: int) -> str:
    """Return how a distance from the opening is written on the axis: "J − 30", "1er nov.", "J + 30"."""
    if day == 0:
        return _("1er nov.")
    return _("J − {n}", n=-day) if day < 0 else _("J + {n}", n=day)


def pace(
    lines: Sequence[Line], palette: Palette, *, day: int | None = None, expected: tuple[int, int, int] | None = None
) -> dict[str, Any]:
    """Return the curves of registrations, one label each at its end; `expected` is low, central and high of the last day.

    `day` is the day since the opening at which the chosen edition stands, marked by a line.
    """
    shown = layout(palette, height=430, margin={"l": 8, "r": 64, "t": 16, "b": 32})
    shown["xaxis"] |= {
        "range": [-EARLIEST, LATEST + 1], "tickvals": list(TICKS), "ticktext": [tick(day) for day in TICKS], "showgrid": False,
        "tickangle": 0,
    }  # fmt: skip
    ends = [line.known[-1] for line in lines if line.known]
    top = max([*ends, *(expected or ()), 1])
    shown["yaxis"] |= {"range": [0, top * 1.08], "nticks": 6, "tickformat": ",d", "automargin": True}
    traces: list[dict[str, Any]] = []
    for line in sorted(lines, key=lambda line: line.is_chosen):
        first = next((i for i, since in enumerate(line.days) if since >= -EARLIEST), len(line.days))
        start = max(first - 1, 0)
        days = [max(since, -EARLIEST) for since in line.days[start:]]
        known = list(line.known[start:])
        traces.append(
            {
                "type": "scatter", "mode": "lines", "x": days, "y": known, "cliponaxis": False,
                "line": {"shape": "hv", "color": palette.accent if line.is_chosen else palette.context,
                         "width": 3.5 if line.is_chosen else 1.5},
                "customdata": [[tick(since), number(n)] for since, n in zip(days, known, strict=True)],
                "hovertemplate": f"{line.label}, %{{customdata[0]}} : %{{customdata[1]}}<extra></extra>",
            }
        )  # fmt: skip
    if expected is not None:
        low, central, high = expected
        traces.append(
            {
                "type": "scatter", "mode": "markers", "x": [LATEST], "y": [central], "cliponaxis": False,
                "marker": {"color": palette.amber, "size": 9, "symbol": "diamond"},
                "error_y": {"type": "data", "symmetric": False, "array": [high - central], "arrayminus": [central - low],
                            "color": palette.amber, "thickness": 5, "width": 0},
                "hovertemplate": f"{number(low)} – {number(high)}<extra></extra>",
            }
        )  # fmt: skip
    if day is not None and -EARLIEST <= day <= LATEST:
        shown["shapes"] = [
            {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": palette.ink_2, "width": 1, "dash": "dot"}}
        ]  # fmt: skip
    shown["annotations"] = _end_labels(lines, top, palette, expected)
    return {"data": traces, "layout": shown}


def _end_labels(
    lines: Sequence[Line], top: int, palette: Palette, expected: tuple[int, int, int] | None
) -> list[dict[str, Any]]:
    """Return the labels at the right, moved apart where two ends are near; the chosen edition's stays in place."""
    wanted = [(float(line.known[-1]), line.label, line.is_chosen, line.days[-1]) for line in lines if line.known]
    apart = top * 0.05
    notes: list[dict[str, Any]] = []
    last: float | None = None
    for value, label, is_chosen, end in sorted(wanted):
        is_stopped = is_chosen and expected is not None
        height = value if is_stopped or last is None else max(value, last + apart)
        last = last if is_stopped else height
        colour = palette.accent if is_chosen else palette.ink_2
        text = f"<b>{label}</b>" if is_chosen else label
        x = end if is_stopped else LATEST + 1
        notes.append(
            {"x": x, "y": height, "xanchor": "left", "xshift": 6, "yanchor": "middle", "text": text, "showarrow": False,
             "font": {"color": colour, "size": 13}}
        )  # fmt: skip
    return notes
