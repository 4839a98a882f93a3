"""`/alerts.atom`: what people should hear of, the latest first; without any address, key or recipient."""

from datetime import UTC, datetime
from typing import Final

from starlette.responses import Response

from campaign.api.answering import ApiCall, refuse_others
from campaign.core.errors import StoreError, WriteError
from campaign.core.language import _, current
from campaign.core.markup import in_xml
from campaign.core.settings import settings
from campaign.messages import journal, words
from campaign.messages.journal import Alert
from campaign.wording import campaign_names as names
from campaign.wording.labels import capitalised

FILTERS: Final = ("region", "nomenclature", "lang")
MOST: Final = 50
EPOCH: Final = "1970-01-01T00:00:00Z"


def state() -> str:
    """Return what changes when there is a new alert, for caches."""
    known = _known()
    return known[-1].key + known[-1].at if known else ""


def modified() -> datetime | None:
    """Return when the latest alert was noticed: alerts come while the data stay as they are."""
    known = _known()
    return known[-1].moment if known else None


def feed(call: ApiCall) -> Response:
    """Return the alerts as an Atom feed: all of them, or those of a region and of no region in particular."""
    refuse_others(call, FILTERS)
    chosen = call.filters()
    alerts = [
        alert
        for alert in reversed(_known())
        if not chosen.regions or not alert.regions or set(chosen.regions) & set(alert.regions)
    ][:MOST]
    itself = f"{call.base_url}/alerts.atom" + (f"?{call.request.url.query}" if call.request.url.query else "")
    title = _("{campaign} : alertes", campaign=capitalised(names.name()))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{current()}">\n'
        + _element("title", title)
        + _element("id", f"{call.base_url}/alerts.atom")
        + _element("updated", _instant(alerts[0]) if alerts else EPOCH)
        + f"<author>{_element('name', names.dashboard())}</author>\n"
        + f'<link rel="self" href="{in_xml(itself, quote=True)}"/>\n'
        + f'<link rel="alternate" href="{in_xml(call.base_url + "/", quote=True)}"/>\n'
    )
    body = "".join(_entry(alert, call.base_url) for alert in alerts)
    return Response(f"{head}{body}</feed>\n", media_type="application/atom+xml")


def _known() -> list[Alert]:
    try:
        return journal.copied(settings().db).alerts
    except (StoreError, WriteError):
        return []  # the commands that write it say what is wrong with it


def _entry(alert: Alert, base_url: str) -> str:
    return (
        "<entry>\n"
        + _element("title", words.title(alert))
        + _element("id", f"{base_url}/alerts.atom#{journal.mark(alert)}")
        + _element("updated", _instant(alert))
        + f'<link rel="alternate" href="{in_xml(words.link(alert, base_url), quote=True)}"/>\n'
        + _element("summary", words.body(alert))
        + f'<category term="{alert.kind}"/>\n'
        + "</entry>\n"
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{in_xml(text)}</{name}>\n"


def _instant(alert: Alert) -> str:
    return alert.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
