"""Every public address, and the answer to all others under /api and /badge."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.api import alerts, badges, counts, description, events, figures, health, questions, todo, whole
from campaign.api.answering import ApiCall, Handler, Public
from campaign.api.problems import NotFoundError
from campaign.core.language import say
from campaign.exports import files


def unknown(call: ApiCall) -> Response:
    """Refuse an address that is none of ours: Streamlit would answer its page."""
    raise NotFoundError(
        say("« {path} » n'est pas une adresse de ce service ; voir /api/v1/openapi.json.", path=call.request.url.path)
    )


def routes() -> list[BaseRoute]:
    """Return the routes, in the order in which they are tried."""
    exported: list[BaseRoute] = [_route(f"/api/v1/events.{form}", events.export_as(form)) for form in files.FORMATS]
    return [
        Route("/healthz", health.HEALTH),
        _route("/api/v1/events.json", events.page),
        *exported,
        _route("/api/v1/events.duckdb", whole.whole),
        _route("/api/v1/events/{event_id}.ics", events.calendar_of_one),
        _route("/api/v1/counts.json", counts.counts),
        _route("/api/v1/figures.json", figures.figures),
        _route("/api/v1/findings.xlsx", todo.findings),
        _route("/api/v1/openapi.json", description.openapi),
        _route("/ask.json", questions.answer),
        Route("/alerts.atom", Public(alerts.feed, state=alerts.state, modified=alerts.modified)),
        _route("/badge/france.svg", badges.badge),
        _route("/badge/region/{code}.svg", badges.badge),
        _route("/api", unknown),
        _route("/api/{rest:path}", unknown),
        _route("/badge", unknown),
        _route("/badge/{rest:path}", unknown),
    ]


def _route(path: str, handler: Handler) -> Route:
    return Route(path, Public(handler))
