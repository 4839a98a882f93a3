"""What a page's address says before any script runs: title, description, canonical address, its figure."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import duckdb

from campaign import filters, store
from campaign.analysis.about import About, about
from campaign.analysis.figures import place_of
from campaign.core import language
from campaign.core.errors import CampaignError
from campaign.core.language import Language, _
from campaign.core.pages import visible
from campaign.exports.columns import plain
from campaign.filters import Filters
from campaign.statements.scope import unsaid
from campaign.web import preview
from campaign.web import structured as structured_data
from campaign.wording import campaign_names as names
from campaign.wording.dates import session, years
from campaign.wording.labels import capitalised, page, unit_counted

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Heading:
    """The texts of one page's head, in its language; addresses are absolute."""

    lang: Language
    title: str
    headline: str
    description: str
    site_name: str
    canonical: str
    alternates: dict[str, str]
    no_script: str
    picture: str = ""
    picture_alt: str = ""
    is_indexed: bool = True
    structured: str = ""


@dataclass(frozen=True)
class PageSummary:
    """What the event file has to say of an address: its figure, the parameters that it takes, an event's description."""

    headline: str
    description: str
    parameters: Pairs
    picture_alt: str = ""
    is_indexed: bool = True
    event: dict[str, Any] | None = None


def heading(path: str, pairs: Pairs, base_url: str) -> Heading:
    """Return the head of the page at `path` (without slashes) for the parameters of its address.

    Never fails for want of data: without an event file, or with one that cannot be answered from, it has no figure.
    """
    lang = language.known(dict(pairs).get("lang"))
    with language.use(lang):
        key = next((entry.key for entry in visible() if entry.path == path), None)
        name = page(key) if key else _("Page introuvable")
        site = names.name()
        summary, structured = PageSummary(name, _("Les événements {of_campaign}.", of_campaign=names.of_long()), []), ""
        picture = preview.address("", [], base_url)
        if key:
            try:
                with store.snapshot():
                    summary = _words_of(pairs, name)
                    picture = preview.address(path, [*summary.parameters, *_spoken(lang)], base_url)
                    structured = _structured(
                        filters.lenient(pairs)[0],
                        summary.event,
                        _address(base_url, path, summary.parameters, "fr"),
                        picture,
                    )
            except (CampaignError, duckdb.Error):
                structured = ""
        addresses: dict[str, str] = {
            other: _address(base_url, path, summary.parameters, other) for other in language.LANGUAGES
        }
        return Heading(
            lang=lang,
            title=f"{name} · {site}",
            headline=summary.headline,
            description=summary.description,
            site_name=site,
            canonical=addresses[lang],
            alternates=addresses,
            no_script=_(
                "Ce tableau de bord a besoin de JavaScript. Les mêmes données se lisent sans lui : "
                "/api/v1/counts.json?by=region, /api/v1/events.csv et /api/v1/events.ics."
            ),
            picture=picture,
            picture_alt=summary.picture_alt or summary.headline,
            is_indexed=bool(key) and summary.is_indexed,
            structured=structured,
        )


def _words_of(pairs: Pairs, name: str) -> PageSummary:
    chosen, _dropped = filters.lenient(pairs)
    given_names = {given for given, _value in pairs}
    parameters = [(given, value) for given, value in chosen.to_query() if given in given_names and given != "lang"]
    event_id = dict(pairs).get("event")
    events = store.query("event", chosen=chosen, event_id=event_id).rows if event_id else []
    provenance = about(chosen)
    if events:
        event = events[0]
        title = plain(event["title"]) or name
        return PageSummary(
            title, _of_event(event, provenance), [("event", str(event_id))], title, not event["is_demo"], event
        )
    count, place = _count(chosen), place_of(chosen)
    editions = chosen.editions or filters.codes().counted_editions
    campaign = names.name()
    headline = f"{capitalised(count)} {place.inside} · {campaign}" + (f" {years(editions)}" if editions else "")
    if narrowed := unsaid(chosen, headline):
        headline = f"{headline} · {narrowed}"
    where = f"{place.inside} ({narrowed})" if narrowed else place.inside
    description = _("{page} : {count} {place}, {as_of}.", page=name, count=count, place=where, as_of=provenance.as_of)
    description = f"{description} {provenance.source}" if provenance.is_demo else description
    return PageSummary(headline, description, parameters, description, not provenance.is_demo)


def _structured(chosen: Filters, event: dict[str, Any] | None, page: str, picture: str) -> str:
    """Return the event as schema.org describes it, "" without an event."""
    if event is None:
        return ""
    sessions = store.query("event_sessions", chosen=chosen, event_id=event["event_id"]).rows
    return structured_data.script(structured_data.event_document(event, sessions, page, picture))


def _count(chosen: Filters) -> str:
    return unit_counted(chosen.unit, store.query("event_totals", chosen=chosen).one["total"])


def _of_event(event: dict[str, Any], provenance: About) -> str:
    parts = [event["type_label_en"] if language.current() == "en" else event["type_label"]]
    if event["starts_at"] is not None:
        parts.append(session(event["starts_at"], None, event["timezone"]))
    parts += [text for text in (event["venue"], event["commune"], event["organiser"]) if text]
    if event["is_demo"]:
        parts.append(provenance.source)
    return plain(" · ".join(parts)) or ""


def _address(base_url: str, path: str, parameters: Pairs, lang: str) -> str:
    query = urlencode([*parameters, *_spoken(lang)])
    return f"{base_url}/{path}" + (f"?{query}" if query else "")


def _spoken(lang: str) -> Pairs:
    return [("lang", lang)] if lang != "fr" else []
