"""A Dash page of the overview's work: five figures, five charts, two filters, from the same queries of the same file.

`python -m tests.bench.peers.dash_app PORT`; the event file is CAMPAIGN_DB. Drawn as Dash users draw: Plotly throughout.
"""

import json
import sys
from typing import Any

import dash
import plotly.graph_objects as go
from dash import Input, Output, dcc, html

from campaign import store
from campaign.core.settings import DATA
from campaign.filters import Filters, codes

COUNTRY = "France"
EVERY_TYPE = "Tous les types"
QUIET = {
    "margin": {"l": 120, "r": 10, "t": 30, "b": 30},
    "height": 320,
    "paper_bgcolor": "white",
    "plot_bgcolor": "white",
}


def outlines() -> list[tuple[str, list[float | None], list[float | None]]]:
    """Return code, x and y of each region of 2014, rings parted by None, as Plotly fills them."""
    shapes = []
    for feature in json.loads((DATA / "geo" / "regions_2014.geojson").read_text("utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        x: list[float | None] = []
        y: list[float | None] = []
        for polygon in polygons:
            for lon, lat in polygon[0]:
                x.append(lon)
                y.append(lat)
            x.append(None)
            y.append(None)
        shapes.append((str(feature["properties"]["code"]), x, y))
    return shapes


SHAPES = outlines()


def bars(names: list[Any], values: list[Any], *, horizontal: bool = False) -> go.Figure:
    """Return a bar chart."""
    bar = go.Bar(x=values, y=names, orientation="h") if horizontal else go.Bar(x=names, y=values)
    return go.Figure(bar, layout=QUIET)


def area_map(counts: dict[str, int]) -> go.Figure:
    """Return the map of the regions, filled by count."""
    most = max(counts.values(), default=1) or 1
    fills = [
        go.Scatter(x=x, y=y, fill="toself", mode="lines", name=code, showlegend=False, line={"width": 0.5, "color": "grey"},
                   fillcolor=f"rgba(11,122,117,{counts.get(code, 0) / most:.2f})", text=f"{code} : {counts.get(code, 0)}")
        for code, x, y in SHAPES
    ]  # fmt: skip
    return go.Figure(
        fills, layout={**QUIET, "xaxis": {"range": [-6, 10]}, "yaxis": {"range": [41, 52], "scaleanchor": "x"}}
    )


app = dash.Dash(__name__)
regions = store.query("events_by_region", chosen=Filters()).rows
kinds = store.query("events_by_type", chosen=Filters()).rows
app.layout = html.Div(
    [
        html.H1("Mois de l'ESS"),
        dcc.Dropdown(
            [{"label": COUNTRY, "value": ""}, *({"label": r["name"], "value": r["region_code"]} for r in regions if r["region_code"])],
            "", id="region", clearable=False),
        dcc.Dropdown(
            [{"label": EVERY_TYPE, "value": ""}, *({"label": r["label_fr"], "value": r["type"]} for r in kinds)],
            "", id="type", clearable=False),
        html.Div(id="cards"),
        *(dcc.Graph(id=name) for name in ("editions", "map", "types", "ranks", "days")),
    ]
)  # fmt: skip


@app.callback(
    *(Output("cards", "children"), *(Output(name, "figure") for name in ("editions", "map", "types", "ranks", "days"))),
    Input("region", "value"),
    Input("type", "value"),
)
def drawn(region: str, kind: str) -> tuple[Any, ...]:
    """Return everything for a choice."""
    current = codes().current_edition
    chosen = Filters(
        editions=(current,) if current else (), regions=(region,) if region else (), types=(kind,) if kind else ()
    )
    with store.snapshot():
        totals = store.query("event_totals", **chosen.params()).one
        distincts = store.query("event_distincts", **chosen.params()).one
        by_region = store.query("events_by_region", chosen=chosen.replace(regions=())).rows
        by_type = store.query("events_by_type", chosen=chosen).rows
        by_edition = store.query("events_by_edition", **chosen.replace(editions=()).params()).rows
        by_day = store.query("events_by_day", **chosen.params()).rows
    figures = (
        totals["total"],
        distincts["n_organisers"],
        distincts["n_communes"],
        distincts["n_departements"],
        totals["located"],
    )
    listed = [row for row in by_region if row["region_code"]]
    return (
        [html.Span(str(value), style={"margin": "1rem", "fontSize": "2rem"}) for value in figures],
        bars([str(row["edition"]) for row in by_edition], [row["count"] for row in by_edition]),
        area_map({row["region_code"]: row["count"] for row in listed}),
        bars([row["label_fr"] for row in by_type], [row["count"] for row in by_type], horizontal=True),
        bars([row["name"] for row in listed], [row["count"] for row in listed], horizontal=True),
        bars([row["day"] for row in by_day], [row["count"] for row in by_day]),
    )


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
