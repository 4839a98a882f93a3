"""`/api/v1/figures.json`: the official figures, as published, each with its source; never mixed with counts."""

from typing import Any, Final

from starlette.responses import Response

from campaign import store
from campaign.api.answering import ApiCall, json_response, refuse_others
from campaign.filters import Filters

FILTERS: Final = ("edition", "region", "nomenclature", "lang")
SOURCE_COLUMNS: Final = ("title", "producer", "url")


def figures(call: ApiCall) -> Response:
    """Return `{figures: […], data_date}`: every published figure, or those of the editions and regions call.

    Unlike the other addresses, all editions are given unless one is asked: reports are read side by side.
    """
    refuse_others(call, FILTERS)
    pairs = call.pairs
    if all(name != "edition" for name, _value in pairs):
        pairs = [*pairs, ("edition", "all")]
    chosen = call.filters_of(pairs)
    rows = store.query("official_figures").rows
    return json_response(
        {
            "figures": [_figure(row) for row in rows if _is_chosen(row, chosen)],
            "data_date": store.query("file_status").one["data_date"],
        }
    )


def _is_chosen(row: dict[str, Any], chosen: Filters) -> bool:
    if chosen.editions and row["edition"] not in chosen.editions:
        return False
    level = f"region_{chosen.nomenclature}"
    return not chosen.regions or (row["territory_level"] == level and row["territory_code"] in chosen.regions)


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    source = {"source_id": row["source_id"]} | {name: row[f"source_{name}"] for name in SOURCE_COLUMNS}
    source["accessed_on"] = row["accessed_on"]
    own = {name: value for name, value in row.items() if not name.startswith("source_") and name != "accessed_on"}
    return own | {"source": source}
