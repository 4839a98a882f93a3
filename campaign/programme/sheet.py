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


def pdf(programme: Programme) -> bytes:
    """Return the programme as PDF."""
    figures = programme.figures
    provenance = about(figures.chosen)
    has_code = len(programme.live) <= MOST_IN_CODE
    content = {
        "lang": current(),
        "title": f"{programme.title} – {masthead(figures)}",
        "author": names.dashboard(),
        "masthead": masthead(figures),
        "headline": programme.title,
        "demo": _("Démonstration : événements fictifs") if figures.is_demo else "",
        "notice": notices.embargo(),
        "counted": programme.counted,
        "remaining": programme.remaining,
        "origin": programme.origin,
        "live": programme.live,
        "live_text": _("À jour en ligne"),
        "has_code": has_code,
        "qr_alt": _("Code QR vers le programme en ligne : {link}", link=programme.live),
        "empty": "" if programme.empty == programme.remaining else programme.empty,
        "left_out": programme.left_out,
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
            for day in programme.days
        ],
        "notes": [*short_method(figures), notices.contact()],
        "foot": _("Source : {source} Licence : {licence}.", source=provenance.source, licence=provenance.licence),
        "page_of": _("page {page} sur {last}", page="§", last="¶"),
    }
    return typesetting.pdf(
        TEMPLATE, content, {"code.svg": _code(programme.live)} if has_code else {}, figures.data_date
    )


def _code(link: str) -> bytes:
    stream = io.BytesIO()
    segno.make(link, error="m", micro=False).save(stream, kind="svg", border=2, xmldecl=False, dark=PRINT["ink"])
    return stream.getvalue()
