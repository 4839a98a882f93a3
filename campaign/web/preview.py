"""`/apercu/<page>.png`: the picture of a link preview, with the figure of the view that the address names."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign import filters, store
from campaign.analysis.about import about
from campaign.analysis.figures import Figures, gather
from campaign.api.answering import ApiCall, Public
from campaign.api.parameter_descriptions import START
from campaign.api.problems import NotFoundError
from campaign.charts import card
from campaign.charts.bars import bars
from campaign.charts.card import Card
from campaign.charts.picture import png
from campaign.charts.svg import Box
from campaign.core import language
from campaign.core.language import _, current, say
from campaign.core.pages import visible as visible_pages
from campaign.core.settings import settings
from campaign.drawings.catalogue import DRAWINGS
from campaign.exports.columns import plain
from campaign.filters import Filters
from campaign.statements.parts import origin
from campaign.statements.scope import noun
from campaign.wording import campaign_names as names
from campaign.wording import sentences
from campaign.wording.dates import session, years
from campaign.wording.labels import capitalised, page, status
from campaign.wording.numbers import number

# The drawing beside a page's figure; the others show the map.
BESIDE: Final = {
    "types": "types",
    "editions": "editions",
    "calendar": "jours",
    "pace": "editions",
    "compare": "editions",
}
MOST_BARS: Final = 7
MAP_WIDTH, MAP_HEIGHT = 640, 488.8  # of the drawn map, overseas included

Pairs = list[tuple[str, str]]


def address(path: str, pairs: Pairs, base_url: str) -> str:
    """Return the absolute address of the picture of a page (its path) and its parameters."""
    return f"{base_url}/apercu/{path or START}.png" + (f"?{urlencode(pairs)}" if pairs else "")


def preview(call: ApiCall) -> Response:
    """Return the picture of a page, leniently as the page itself reads its address; 404 if there is no such page."""
    named = call.path_params["path"]
    path = "" if named == START else named
    key = next((entry.key for entry in visible_pages() if entry.path == path), None)
    if key is None:
        raise NotFoundError(say("« {path} » n'est pas l'aperçu d'une page.", path=call.request.url.path))
    chosen, _dropped = filters.lenient(call.pairs)
    language.use(chosen.lang)
    event_id = dict(call.pairs).get("event")
    picture = _drawn(store.reader().identity, current(), settings().current_day(), key, chosen, event_id)
    return Response(picture, media_type="image/png")


@store.cached_per_file(maxsize=256)
def _drawn(_file: store.Identity, _language: str, _day: date, key: str, chosen: Filters, event_id: str | None) -> bytes:
    """Return the picture, kept as long as the event file and the day stay."""
    events = store.query("event", chosen=chosen, event_id=event_id).rows if event_id else []
    preview_card = of_event(events[0], chosen) if events else of_view(key, gather(chosen))
    return png(card.render(preview_card), card.CARD, times=1)


def of_view(key: str, figures: Figures) -> Card:
    """Return the card of a page: its total in the asked unit, its territory, its editions."""
    campaign = names.name()
    when = years(figures.editions) if figures.editions else ""
    words = f"{noun(figures.chosen, figures.total)} {figures.place.inside}"
    placed = sentences.placement(figures.located, figures.online, figures.unlocated, unit=figures.chosen.unit)
    above = " · ".join(part for part in (f"{campaign} {when}".strip(), page(key)) if part)
    return Card(
        above=above,
        figure=number(figures.total),
        words=words,
        details=(placed,) if placed else (),
        source=f"{capitalised(origin(figures, f'{above} {words}'))}.",
        is_demo=figures.is_demo,
        draw=_beside(key, figures) if figures.total else None,
    )


def _beside(key: str, figures: Figures) -> Callable[[Box, float], str]:
    name = BESIDE.get(key, "carte")
    content = DRAWINGS[name](figures)
    if name == "types":
        rows = [(row[1], row[2]) for row in content.rows if row[2]][:MOST_BARS]
        return lambda box, size: bars(box, size, rows, selected=None)
    if name == "carte":
        return lambda box, size: content.on_page(_for_map(box, size), size)
    return content.draw


def _for_map(box: Box, size: float) -> Box:
    """Return the right part of a box, which the map and its legend fill."""
    width = min(box.width, (box.height - 4.2 * size) * MAP_WIDTH / MAP_HEIGHT)
    return Box(box.right - width, box.y, width, box.height)


def of_event(event: dict[str, Any], chosen: Filters) -> Card:
    """Return the card of one event: its title, when, where."""
    is_english = current() == "en"
    kind = event["type_label_en"] if is_english else event["type_label"]
    when = session(event["starts_at"], None, event["timezone"]) if event["starts_at"] else _("Date inconnue (n. c.)")
    where = (
        _("En ligne")
        if event["attendance_mode"] == "online"
        else ", ".join(text for text in (event["venue"], event["commune"]) if text)
    )
    provenance = about(chosen)
    state = "" if event["status"] == "scheduled" else status(event["status"])
    return Card(
        above=" · ".join(part for part in (names.name(), kind, state) if part),
        figure="",
        words=plain(event["title"]) or kind,
        details=tuple(plain(part) or "" for part in (capitalised(when), where, event["organiser"]) if part),
        source=_("Source : {source}", source=provenance.source if event["is_demo"] else event["source"]),
        is_demo=event["is_demo"],
    )


def routes() -> list[BaseRoute]:
    """Return the route of previews."""
    return [Route("/apercu/{path}.png", Public(preview)), Route("/apercu/{rest:path}", Public(_unknown))]


def _unknown(call: ApiCall) -> Response:
    raise NotFoundError(say("« {path} » n'est pas l'aperçu d'une page.", path=call.request.url.path))
