"""A programme as PDF: tagged (PDF/UA-1), our fonts embedded, a QR code to the live page."""

import io
from pathlib import Path
from typing import Final

import segno

from campaign.analysis.about import about
from campaign.core.language import _, current
from campaign.core.palette import PRINT
from campaign.documents import typesetting
from campaign.programme.listing import Programme, masthead
from campaign.statements import notices
from campaign.statements.method import short_method
from campaign.wording import campaign_names as names

TEMPLATE: Final = Path(__file__).with_name("programme.typ")
MOST_IN_CODE: Final = (
    500  # a longer address makes a code too fine for a telephone to read off paper; beyond 2,331 there is none
)


def pdf(made: Programme) -> bytes:
    """Return the programme as PDF."""
    figures = made.figures
    provenance = about(figures.chosen)
    has_code = len(made.live) <= MOST_IN_CODE
    content = {
        "lang": current(),
        "title": f"{made.title} – {masthead(figures)}",
        "author": names.dashboard(),
        "masthead": masthead(figures),
        "headline": made.title,
        "demo": _("Démonstration : événements fictifs") if figures.is_demo else "",
        "notice": notices.embargo(),
        "counted": made.counted,
        "remaining": made.remaining,
        "origin": made.origin,
        "live": made.live,
        "live_text": _("À jour en ligne"),
        "has_code": has_code,
        "qr_alt": _("Code QR vers le programme en ligne : {link}", link=made.live),
        "empty": "" if made.empty == made.remaining else made.empty,
        "left_out": made.left_out,
        "days": [
            {
                "name": day.name,
                "places": [
                    {
                        "name": place.name,
                        "lines": [
                            {
                                "hours": line.hours,
                                "title": line.title,
                                "notes": " · ".join(line.notes),
                                "href": line.href,
                            }
                            for line in place.lines
                        ],
                    }
                    for place in day.places
                ],
            }
            for day in made.days
        ],
        "notes": [*short_method(figures), notices.contact()],
        "foot": _("Source : {source} Licence : {licence}.", source=provenance.source, licence=provenance.licence),
        "page_of": _("page {page} sur {last}", page="§", last="¶"),
    }
    return typesetting.pdf(TEMPLATE, content, {"code.svg": _code(made.live)} if has_code else {}, figures.data_date)


def _code(link: str) -> bytes:
    stream = io.BytesIO()
    segno.make(link, error="m", micro=False).save(stream, kind="svg", border=2, xmldecl=False, dark=PRINT["ink"])
    return stream.getvalue()
