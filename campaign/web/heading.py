"""What a page's address says before any script runs: title, description, canonical address, its figure."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import duckdb

from campaign import filters, language, store
from campaign.api.about import About, about
from campaign.api.columns import plain
from campaign.errors import CampaignError
from campaign.filters import Filters
from campaign.language import Language, _
from campaign.pages import shown
from campaign.wording.dates import session, years
from campaign.wording.labels import capitalised, page, unit_counted
from campaign.wording.territories import Territory, france
from campaign.wording.territories import chosen as territory_of

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


def heading(path: str, pairs: Pairs, base_url: str) -> Heading:
    """Return the head of the page at `path` (without slashes) for the parameters of its address.

    Never fails for want of data: without an event file, or with one that cannot be answered from, it has no figure.
    """
    lang = language.known(dict(pairs).get("lang"))
    with language.use(lang):
        key = next((entry.key for entry in shown() if entry.path == path), None)
        name = page(key) if key else _("Page introuvable")
        site = _("Mois de l'ESS")
        headline, description, kept = name, _("Les événements du Mois de l'économie sociale et solidaire."), Pairs()
        if key:
            try:
                with store.snapshot():
                    headline, description, kept = _said(pairs, name)
            except (CampaignError, duckdb.Error):
                kept = []
        addresses: dict[str, str] = {other: _address(base_url, path, kept, other) for other in language.LANGUAGES}
        return Heading(
            lang=lang,
            title=f"{name} · {site}",
            headline=headline,
            description=description,
            site_name=site,
            canonical=addresses[lang],
            alternates=addresses,
            no_script=_(
                "Ce tableau de bord a besoin de JavaScript. Les mêmes données se lisent sans lui : "
                "/api/v1/counts.json?by=region, /api/v1/events.csv et /api/v1/events.ics."
            ),
        )


def _said(pairs: Pairs, name: str) -> tuple[str, str, Pairs]:
    chosen, _dropped = filters.lenient(pairs)
    asked = {given for given, _value in pairs}
    kept = [(given, value) for given, value in chosen.to_query() if given in asked and given != "lang"]
    event_id = dict(pairs).get("event")
    found = store.query("event", chosen=chosen, event_id=event_id).rows if event_id else []
    if found:
        return plain(found[0]["title"]) or name, _of_event(found[0], about()), [("event", str(event_id))]
    count, place = _count(chosen), _place(chosen)
    editions = chosen.editions or filters.codes().counted_editions
    campaign = _("Mois de l'ESS")
    headline = f"{capitalised(count)} {place.inside} · {campaign}" + (f" {years(editions)}" if editions else "")
    said = about()
    description = _("{page} : {count} {place}, {as_of}.", page=name, count=count, place=place.inside, as_of=said.as_of)
    return headline, f"{description} {said.source}" if said.is_demo else description, kept


def _count(chosen: Filters) -> str:
    return unit_counted(chosen.unit, store.query("event_totals", chosen=chosen).one["total"])


def _place(chosen: Filters) -> Territory:
    communes = [store.query("place_of_code", code=code).one["name"] for code in chosen.communes]
    return territory_of(chosen.regions, chosen.departements, communes, chosen.nomenclature) or france()


def _of_event(event: dict[str, Any], said: About) -> str:
    parts = [event["type_label_en"] if language.current() == "en" else event["type_label"]]
    if event["starts_at"] is not None:
        parts.append(session(event["starts_at"], None, event["timezone"]))
    parts += [text for text in (event["venue"], event["commune"], event["organiser"]) if text]
    if event["is_demo"]:
        parts.append(said.source)
    return plain(" · ".join(parts)) or ""


def _address(base_url: str, path: str, kept: Pairs, lang: str) -> str:
    query = urlencode([*kept, *([("lang", lang)] if lang != "fr" else [])])
    return f"{base_url}/{path}" + (f"?{query}" if query else "")
