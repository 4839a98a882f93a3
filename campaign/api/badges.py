"""`/badge/france.svg`, `/badge/region/53.svg`: a live counter for other sites, as an accessible drawing."""

from typing import Final

from starlette.responses import Response

from campaign import store
from campaign.api.answering import ApiCall, refuse_others
from campaign.api.problems import NotFoundError
from campaign.core.language import _, say
from campaign.core.markup import in_xml
from campaign.filters import Filters, codes
from campaign.profile import colours
from campaign.wording import campaign_names as names
from campaign.wording.dates import years
from campaign.wording.labels import unit_counted
from campaign.wording.territories import france, territory

FILTERS: Final = ("edition", "nomenclature", "unit", "lang")
HEIGHT: Final = 28
PADDING: Final = 10
CHARACTER_WIDTH: Final = 7.2  # of 13 px sans-serif, on the wide side


def badge(call: ApiCall) -> Response:
    """Return the counter of the country, or of the region that the path names: in the asked nomenclature, if one is.

    Else a code means the region of the default nomenclature, and one that only the other has means the other's.
    """
    refuse_others(call, FILTERS)
    chosen = call.filters()
    code = call.path_params.get("code")
    if code is not None:
        is_asked = any(name == "nomenclature" for name, _value in call.pairs)
        having = [year for year, regions in codes().regions.items() if code in regions]
        if is_asked and chosen.nomenclature not in having:
            raise NotFoundError(
                say(
                    "Aucune région « {code} » dans le découpage de {nomenclature}.",
                    code=code,
                    nomenclature=chosen.nomenclature,
                )
            )
        if not having:
            raise NotFoundError(say("Aucune région « {code} ».", code=code))
        nomenclature = chosen.nomenclature if chosen.nomenclature in having else having[0]
        chosen = chosen.replace(nomenclature=nomenclature, regions=(code,))
    return Response(drawing(chosen), media_type="image/svg+xml")


def drawing(chosen: Filters) -> str:
    """Return the SVG of a choice's total: name and year, count with its unit, « démonstration » if so."""
    total = store.query("event_totals", chosen=chosen).one["total"]
    is_demo = store.query("file_status").one["is_demo"]
    place = territory(chosen.regions[0], "region", chosen.nomenclature) if chosen.regions else france()
    campaign = names.name()
    editions = chosen.editions or codes().counted_editions
    name = f"{campaign} {years(editions)}" if editions else campaign
    count = unit_counted(chosen.unit, total)
    parts = [(name, "ink"), (f"{count} {place.inside}", "accent")]
    if is_demo:
        parts.append((_("démonstration"), "amber"))
    title = " · ".join(text for text, _role in parts)
    return _svg(title, parts)


def _svg(title: str, parts: list[tuple[str, str]]) -> str:
    theme = colours.light()
    paper = theme["paper"]
    boxes, left = [], 0
    for text, role in parts:
        width = round(len(text) * CHARACTER_WIDTH) + 2 * PADDING
        boxes.append(
            f'<rect x="{left}" width="{width}" height="{HEIGHT}" fill="{theme[role]}"/>'
            f'<text x="{left + width / 2:g}" y="18.5" textLength="{width - 2 * PADDING}" '
            f'lengthAdjust="spacingAndGlyphs">{in_xml(text)}</text>'
        )
        left += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left}" height="{HEIGHT}" viewBox="0 0 {left} {HEIGHT}" '
        f'role="img" aria-labelledby="t"><title id="t">{in_xml(title)}</title>'
        f'<g fill="{paper}" font-family="Source Sans 3, Segoe UI, Roboto, Helvetica, Arial, sans-serif" font-size="13" '
        f'text-anchor="middle" aria-hidden="true">{"".join(boxes)}</g></svg>\n'
    )
