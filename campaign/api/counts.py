"""`/api/v1/counts.json`: how many events, sessions or days, by one or several dimensions."""

from starlette.responses import Response

from campaign import store
from campaign.analysis.about import about
from campaign.api import parameters
from campaign.api.answering import ApiCall, json_response
from campaign.exports.counts import is_overlapping, rows
from campaign.statements import scope


def counts(call: ApiCall) -> Response:
    """Return `{unit, nomenclature, filters, total, located, online, unlocated, data_date, source, rows, …}`."""
    by = parameters.by(call.pairs)
    pairs = call.pairs
    if "edition" in by and all(name not in ("edition", "subcampaign") for name, _value in pairs):
        pairs = [*pairs, ("edition", "all")]
    chosen = call.filters_of(pairs, "by")
    totals = store.query("event_totals", chosen=chosen).one
    provenance = about(chosen).members()
    return json_response(
        {
            "unit": chosen.unit,
            "nomenclature": chosen.nomenclature,
            "filters": scope.in_words(chosen),
            **{name: totals[name] for name in ("total", "located", "online", "unlocated")},
            "data_date": provenance.pop("data_date"),
            "source": provenance.pop("source"),
            "overlapping": is_overlapping(by, chosen),
            "rows": rows(by, chosen),
            **provenance,
        }
    )
