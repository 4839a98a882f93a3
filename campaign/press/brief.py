"""The one-page brief as PDF: tagged (PDF/UA-1), in the reader's language, our fonts embedded, every drawing described."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import typst

from campaign.analysis.figures import Figures
from campaign.charts.sheet import Drawing, Size, render
from campaign.core.language import NO_BREAK, _, current
from campaign.core.settings import PARIS
from campaign.documents import typesetting
from campaign.press.fact import Fact
from campaign.statements import cite, notices
from campaign.statements.method import short_method
from campaign.statements.parts import amount, origin, stage_words, subject, when
from campaign.statements.scope import noun
from campaign.statements.sentences import counting, ready
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number

TEMPLATE: Final = Path(__file__).with_name("brief.typ")
TALL: Final = Size(400, 432, 16, 11.5, 0)
LOW: Final = Size(400, 342, 16, 11.5, 0)
SAME: Final = {"change": "change", "rank": "standing", "new_communes": "communes", "record_day": "busiest_day"}
SENTENCES: Final = (
    "headline",
    "change",
    "standing",
    "leading_place",
    "leading_type",
    "communes",
    "busiest_day",
    "published",
)


def pdf(figures: Figures, base_url: str, facts: Sequence[Fact], drawings: Sequence[Drawing]) -> bytes:
    """Return the brief of the country or a region; `facts` of the local angle are said first, beside four `drawings`."""
    sizes = (TALL, TALL, LOW, LOW)
    files = {f"{d.name}.svg": render(d, size, is_alone=False).encode() for d, size in zip(drawings, sizes, strict=True)}
    lines = _lines(figures, facts)
    content = _content(figures, base_url) | {
        "drawings": [{"file": f"{d.name}.svg", "alt": d.alt} for d in drawings],
        "may_overflow": False,
    }
    for n_lines in range(len(lines), 0, -1):
        try:
            return typesetting.pdf(TEMPLATE, content | {"sentences": lines[:n_lines]}, files, figures.data_date)
        except typst.TypstError as error:  # one sentence less, until it is one page
            if "more than one page" not in str(error):
                raise
    return typesetting.pdf(TEMPLATE, content | {"sentences": [], "may_overflow": True}, files, figures.data_date)


def _lines(figures: Figures, facts: Sequence[Fact]) -> list[str]:
    """Return the sentences of the page without their source, which is said once; a fact stands for its sentence."""
    facts = facts[:3]
    covered = {SAME[fact.key] for fact in facts if fact.key in SAME}
    sentences = [sentence for sentence in ready(figures) if sentence.key in SENTENCES and sentence.key not in covered]
    return [*(fact.plain for fact in facts), *(sentence.plain or sentence.text for sentence in sentences)]


def _content(figures: Figures, base_url: str) -> dict[str, Any]:
    stage = stage_words(figures.stage)
    counted = amount(figures, figures.total)
    headline = counting(figures, figures.place, figures.total).replace(counted, counted.replace(" ", NO_BREAK))
    n = figures.n_communes
    cards = [
        (number(figures.total), noun(figures.chosen, figures.total), stage),
        (number(n), labels.metric("municipalities", n), stage),
        (
            number(figures.n_departements),
            labels.departements_covered(figures.n_departements),
            stage,
        ),
        (number(figures.n_sessions), labels.unit("sessions", figures.n_sessions), stage),
    ]
    day = figures.data_date.astimezone(PARIS).date() if figures.data_date else None
    return {
        "lang": current(),
        "title": f"{_('Fiche de presse')} – {figures.place.name} {when(figures)}",
        "author": names.dashboard(),
        "keywords": [names.name(), figures.place.name, *(str(year) for year in figures.editions), str(day or "")],
        "masthead": " · ".join((names.name(), _("Fiche de presse"), figures.place.name)),
        "demo": _("Démonstration : événements fictifs") if figures.is_demo else "",
        "headline": headline,
        "notice": " ".join(part for part in (notices.embargo(), notices.chamber(figures)) if part),
        "origin": _("Tous les chiffres de cette fiche : {origin}.", origin=origin(figures, subject(figures))),
        "cards": [{"value": value, "label": label, "note": note} for value, label, note in cards],
        "sentences_title": _("À dire, à écrire"),
        "notes": [capitalised(line) for line in (*short_method(figures), notices.contact())],
        "link": cite.address(figures, base_url),
        "link_text": _("Rouvrir ces chiffres : {link}", link=cite.address(figures, base_url)),
    }
