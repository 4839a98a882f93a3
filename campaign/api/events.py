"""`/api/v1/events.*`: the events of the filters, as pages of JSON or as one file."""

from datetime import datetime
from functools import partial

from starlette.responses import Response

from campaign import store
from campaign.analysis.about import about, file_name
from campaign.api import parameters
from campaign.api.answering import ApiCall, Handler, Streamed, json_response
from campaign.api.problems import NotFoundError
from campaign.core.language import say
from campaign.exports import columns, files
from campaign.exports.cursor import Cursor
from campaign.exports.files import Export
from campaign.filters import Filters
from campaign.wording import campaign_names as names


def page(call: ApiCall) -> Response:
    """Return `{total, after, events, …}`: at most `limit` events after the cursor `after`, and the next cursor."""
    chosen = call.filters("limit", "after")
    limit = parameters.limit(call.pairs) or parameters.DEFAULT_LIMIT
    cursor = parameters.after(call.pairs)
    events, following = page_of(chosen, limit, cursor)
    total = store.query("event_totals", chosen=chosen).one["n_events"]
    return json_response({"total": total, "after": following, "events": events, **about(chosen).members()})


def page_of(chosen: Filters, limit: int, cursor: Cursor | None = None) -> tuple[list[dict[str, object]], str | None]:
    """Return at most `limit` events (COLUMNS) and the cursor of the next page, None on the last."""
    events: list[dict[str, object]] = []
    instants: list[datetime] = []
    for batch in columns.batches(chosen, limit=limit + 1, after=cursor):
        events += columns.records(batch)
        instants += batch.column("starts_instant").to_pylist()
    if len(events) <= limit:
        return events, None
    return events[:limit], Cursor(instants[limit - 1], str(events[limit - 1]["event_id"])).encoded()


def export_as(form: str) -> Handler:
    """Return the handler that gives the whole list as a file of that format (one of files.FORMATS)."""
    return partial(_export, form)


def _export(form: str, call: ApiCall) -> Response:
    kind = files.FORMATS[form]
    chosen = call.filters(*kind.parameters)
    dialect = parameters.dialect(call.pairs) if "dialect" in kind.parameters else None
    limit = parameters.limit(call.pairs) if "limit" in kind.parameters else None
    export = Export(chosen, about(chosen), call.base_url, dialect=dialect, limit=limit)
    headers = {
        "Link": f'<{call.base_url}/methode>; rel="license"',
        "X-Licence": _header(export.about.licence),
        "X-Source": _header(export.about.source),
        "X-Demonstration": "true" if export.about.is_demo else "false",
    }
    if kind.is_attached:
        headers["Content-Disposition"] = f'attachment; filename="{file_name(chosen, form)}"'
    if call.is_head:
        return Response(media_type=kind.media_type, headers=headers)
    return Streamed(files.started(kind.chunks(export)), kind.media_type, headers)


def calendar_of_one(call: ApiCall) -> Response:
    """Return one event of a campaign as a calendar, cancelled or not; 404 if there is none of that id."""
    event_id = call.path_params["event_id"]
    chosen = call.filters().replace(editions=())
    answer = store.query("event", chosen=chosen, event_id=event_id)
    if answer.is_empty or not answer.one["in_campaign"]:
        raise NotFoundError(say("Aucun événement « {event_id} ».", event_id=event_id))
    kind = files.FORMATS["ics"]
    export = Export(chosen, about(chosen), call.base_url, event_id=event_id)
    headers = {"Content-Disposition": f'attachment; filename="{names.slug()}-{event_id}.ics"'}
    if call.is_head:
        return Response(media_type=kind.media_type, headers=headers)
    return Streamed(files.started(kind.chunks(export)), kind.media_type, headers)


def _header(text: str) -> str:
    """Return a text as a header takes it: percent-encoded UTF-8 where it is not plain ASCII."""
    return "".join(c if " " <= c <= "~" and c != "%" else "".join(f"%{b:02X}" for b in c.encode()) for c in text)
