"""A report as PDF: tagged (PDF/UA-1), in the reader's language, our fonts embedded, every drawing described."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from campaign.analysis.figures import Figures
from campaign.analysis.standing import is_provisional
from campaign.charts.sheet import Size, render
from campaign.core.language import _, current
from campaign.documents import typesetting
from campaign.drawings.catalogue import drawing
from campaign.report.section import Section, Table
from campaign.statements import notices
from campaign.statements.parts import campaign_name, origin, subject
from campaign.wording import campaign_names as names
from campaign.wording.labels import capitalised

TEMPLATE: Final = Path(__file__).parent / "bilan.typ"
PAGE: Final = Size(760, 460, 20, 13, 0)
TALL: Final = Size(760, 640, 20, 13, 0)
UPRIGHT: Final = frozenset({"regions", "carte"})


def document(figures: Figures, sections: Sequence[Section]) -> bytes:
    """Return the PDF of these sections."""
    drawings = {name: drawing(name, figures) for section in sections for name in section.drawings}
    files = {
        f"{name}.svg": render(drawn, TALL if name in UPRIGHT else PAGE, is_alone=False).encode()
        for name, drawn in drawings.items()
    }
    content = head(figures) | {
        "lang": current(),
        "sections": [
            _section(section, {name: drawings[name].alt for name in section.drawings}) for section in sections
        ],
    }
    return typesetting.pdf(TEMPLATE, content, files, figures.data_date)


def head(figures: Figures) -> dict[str, Any]:
    """Return the words of the title page, the same in every format."""
    state = _("Bilan provisoire") if is_provisional(figures.stage) else _("Bilan")
    return {
        "title": f"{state} – {capitalised(campaign_name(figures))} – {figures.place.name}",
        "kind": state,
        "name": capitalised(campaign_name(figures)),
        "place": figures.place.name,
        "author": names.dashboard(),
        "demo": _("Démonstration : événements fictifs") if figures.is_demo else "",
        "notice": notices.chamber(figures),
        "origin": _(
            "Sauf mention contraire, les chiffres viennent du fichier : {origin}.",
            origin=origin(figures, subject(figures)),
        ),
        "contents": _("Sommaire"),
        "to_write": _("À compléter"),
    }


def _width(table: Table, position: int) -> int:
    """Return the part of the page that a column of words takes: by its longest cell, within limits."""
    longest = max((len(row[position]) for row in table.rows), default=0)
    return min(max(longest, len(table.columns[position]), 15), 36)


def _section(section: Section, alts: dict[str, str]) -> dict[str, Any]:
    return {
        "title": section.title,
        "texts": section.texts,
        "missing": section.missing,
        "drawings": [{"file": f"{name}.svg", "alt": alt} for name, alt in alts.items()],
        "tables": [
            {
                "caption": table.caption,
                "columns": table.columns,
                "rows": table.rows,
                "widths": [
                    0 if position in table.numeric else _width(table, position)
                    for position in range(len(table.columns))
                ],
                "numeric": [position in table.numeric for position in range(len(table.columns))],
            }
            for table in section.tables
        ],
    }
