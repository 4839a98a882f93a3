"""The parts of the press page: figures of the day, sentences to copy, citation, kit, corrections."""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from campaign import store
from campaign.analysis import moment
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.filters import Filters, urls
from campaign.press import angle
from campaign.press import kit as kits
from campaign.statements import cite, notices
from campaign.statements.parts import Sentence, origin, stage_words
from campaign.statements.scope import left_aside, noun
from campaign.view.components import figures as parts
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.components.tables import STACKED
from campaign.view.press import pictures
from campaign.wording import labels
from campaign.wording.dates import on_day
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.territories import france, territory

ENDING: Final = re.compile(r" (\([^()]*(?:\([^()]*\)[^()]*)*\))\.$")


def base_url() -> str:
    """Return the dashboard's absolute address, without a final slash."""
    here = urlsplit(str(st.context.url or ""))
    return settings().public_url.rstrip("/") or (f"{here.scheme}://{here.netloc}" if here.netloc else "")


def today_cards(figures: Figures) -> list[Card]:
    """Return the figures of the day, each with how settled it is; today's events while the campaign runs."""
    chosen = figures.chosen
    today = moment.day_of(chosen)
    words = on_day(today) if chosen.as_of else _("aujourd'hui")
    stage = stage_words(figures.stage)
    cards = [
        Card(number(figures.total), noun(chosen, figures.total), stage, urls.link("agenda", chosen)),
        Card(number(figures.n_communes), labels.metric("municipalities", figures.n_communes), stage),
        Card(
            number(figures.n_departements),
            labels.departements_covered(figures.n_departements),
            stage,
        ),
        Card(number(figures.n_organisers), labels.metric("organisers", figures.n_organisers), stage),
    ]
    if figures.stage == "running":
        now = store.query("event_totals", chosen=chosen.replace(from_day=today, to_day=today, unit="events")).one[
            "total"
        ]
        cards.insert(
            1,
            Card(number(now), words, stage, urls.link("agenda", chosen.replace(from_day=today, to_day=today))),
        )
    return cards


def copy_button(text: str, words: str | None = None) -> str:
    """Return a button that copies a text (assets/campaign.js)."""
    return (
        f'<button type="button" class="copy" data-copy="{escape(text)}" data-done="{escape(_("Copié"))}" '
        f'aria-label="{escape(_("Copier : {text}", text=text[:80]))}">{escape(words or _("Copier"))}</button>'
    )


def ready(sentences: Sequence[Sentence]) -> None:
    """Draw the sentences, each with its button; what ends most of them stands once above, and in every copy."""
    ending = common_ending([s.text for s in sentences])
    items = "".join(f"<li><p>{escape(_without(s.text, ending))}</p>{copy_button(s.text)}</li>" for s in sentences)
    text = _("Chaque copie se termine par : {ending}", ending=ending) if ending else ""
    note = f'<p class="under">{escape(text)}</p>' if text else ""
    st.html(f'{note}<ul class="press-sentences">{items}</ul>')


def common_ending(texts: Sequence[str]) -> str:
    """Return the parenthesis that ends most of these texts, "" if it ends fewer than half or only one."""
    endings = Counter(match[1] for text in texts if (match := ENDING.search(text)))
    ending, n = max(endings.items(), key=lambda pair: pair[1], default=("", 0))
    return ending if n > 1 and 2 * n >= len(texts) else ""


def _without(text: str, ending: str) -> str:
    return f"{text.removesuffix(f' {ending}.')}." if ending and text.endswith(f" {ending}.") else text


def top(figures: Figures, first: Sentence | None) -> None:
    """Draw what a journalist needs first, side by side: a sentence to quote, a map, a chart."""
    quote = (
        f'<div class="press-quote"><blockquote>{escape(first.text)}</blockquote>'
        f"{copy_button(first.text, _('Copier la phrase'))}</div>"
        if first
        else ""
    )
    drawn = "".join(pictures.picture(name, figures.chosen) for name in pictures.SHOWN[figures.level][: pictures.N_TOP])
    st.html(f'{STYLE}<div class="press-top">{quote}{drawn}</div>')


def local_angle(chosen: Filters) -> None:
    """Draw the facts of a region or département, each with how it is counted again and the events to do so."""
    facts = angle.facts(chosen)
    if not facts:
        parts.note(
            _("Choisissez une région ou un département, et une édition : cinq faits, du plus rare au plus commun.")
        )
        return
    if aside := left_aside(chosen, angle.used(chosen)):
        parts.note(_("Sur tous les événements du territoire, {aside}.", aside=aside))
    items = "".join(
        f'<li><div><p>{escape(fact.text)}</p><p class="source">{escape(fact.recount)} '
        f"{urls.anchor(fact.csv, _('Événements (CSV)'))}</p></div>"
        f"{copy_button(fact.text)}</li>"
        for fact in facts
    )
    st.html(f'<ol class="press-sentences">{items}</ol>')


def citation(figures: Figures) -> None:
    """Draw how the main figure is cited: words, BibTeX, and the address that reopens it."""
    citation = cite.citation(figures, base_url())
    st.html(
        f'<div class="press-cite"><p>{escape(citation.text)}</p>{copy_button(citation.text, _("Copier la citation"))}'
        f"{copy_button(citation.address, _('Copier le lien daté'))}"
        f"<details><summary>BibTeX</summary><pre>{escape(citation.bibtex)}</pre>{copy_button(citation.bibtex, _('Copier en BibTeX'))}"
        "</details></div>"
    )


def kit(chosen: Filters) -> None:
    """Draw the button of the press kit: of the chosen region, else of the country."""
    if chosen.edition is None:
        parts.note(_("Choisissez une seule édition pour télécharger un dossier de presse."))
        return
    kit_choice = kits.choice(chosen.edition, chosen.nomenclature, chosen.region, chosen.lang)
    place = territory(chosen.region, "region", chosen.nomenclature) if chosen.region else france()
    parts.undated(chosen)
    href = escape(f"/kits/presse.zip?{urlencode(kit_choice.to_query())}")
    words = escape(_("Télécharger le dossier de presse {place} (zip)", place=place.of_whole))
    st.html(f'<p><a class="press-kit" href="{href}" download>{words}</a></p>')
    if aside := left_aside(chosen, kit_choice):
        parts.note(_("Le dossier porte sur tous les événements du territoire, {aside}.", aside=aside))


def warnings(figures: Figures, cited: str | None) -> None:
    """Draw the embargo while it lasts, and what became of a cited number."""
    for text in (notices.embargo(), cite.reopened(cited, figures)):
        if text:
            st.html(f'<p class="press-notice" role="note">{escape(text)}</p>')


def corrections(chosen: Filters) -> None:
    """Draw the published figures that later changed, as far as the day of the choice knew."""
    columns = [
        Column(_("Édition"), "edition"),
        Column(_("Publié"), "old"),
        Column(_("Puis"), "new"),
        Column(_("Quand"), "day"),
        Column(_("Pourquoi"), "why"),
    ]
    rows = [
        {
            "edition": Cell(str(c.edition)),
            "old": Cell(f"{c.old} – {c.old_source}"),
            "new": Cell(f"{c.new} – {c.new_source}"),
            "day": Cell(c.day),
            "why": Cell(c.why),
        }
        for c in notices.corrections(chosen)
    ]
    parts.table(columns, rows, caption=_("Chiffres publiés qui ont changé"), css=STACKED, is_folded=True)


def footnote(figures: Figures, sentence: str) -> str:
    """Return what stands under the answer: source and stage, contact."""
    return " ".join(part for part in (f"{capitalised(origin(figures, sentence))}.", notices.contact()) if part)


STYLE: Final = (
    "<style>"
    ".stHtml .press-sentences,"
    ".stHtml ul.press-files{list-style:none;margin:0;padding:0}"
    ".press-sentences li{display:flex;gap:1rem;align-items:flex-start;justify-content:space-between;"
    "border-bottom:1px solid var(--line);padding:.55rem 0;margin:0}"
    ".press-sentences p{margin:0;max-width:46rem}"
    "button.copy{flex:none;font:inherit;font-size:.875rem;color:var(--accent);background:transparent;"
    "border:1px solid var(--accent);border-radius:3px;padding:.2rem .7rem;min-height:2rem;cursor:pointer}"
    "button.copy:hover{background:var(--ground)}"
    ".press-cite p,.press-cite pre{background:var(--ground);padding:.7rem .9rem;margin:.5rem 0;max-width:52rem;"
    "white-space:pre-wrap;overflow-wrap:anywhere;font-size:.875rem}"
    ".press-cite button{margin:0 .5rem .5rem 0}"
    ".press-drawings{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:1.5rem}"
    ".press-top{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1.5rem;margin:.75rem 0}"
    "@media (max-width:70rem){.press-quote{grid-column:1/-1}}"
    ".press-quote{border-top:2px solid var(--ink);padding-top:.6rem}"
    ".press-quote blockquote{margin:0 0 .75rem;font-size:1.25rem;line-height:1.4;font-weight:600}"
    ".press-cite details{margin:.25rem 0}.press-cite summary{cursor:pointer}"
    ".press-drawing{margin:0}.press-drawing img{width:100%;height:auto;border:1px solid var(--line);display:block}"
    # Files are as they are printed; on a dark screen their lights and darks change places, and their hues stay.
    "@media screen and (prefers-color-scheme:dark)"
    "{.press-drawing img{filter:invert(.93) hue-rotate(180deg);border-color:transparent}}"
    ".stHtml ul.press-files{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.875rem;padding-top:.4rem}"
    ".press-files li{margin:0}.press-files a{color:var(--ink-2)}"
    ".press-kit{display:inline-block;background:var(--accent);color:var(--paper)!important;padding:.5rem 1rem;"
    "border-radius:3px;text-decoration:none;font-weight:600}"
    ".press-notice{border-left:4px solid var(--amber);background:var(--ground);padding:.5rem .8rem;font-weight:600;max-width:52rem}"
    ".press-others{margin-top:1rem}.press-others summary{cursor:pointer;font-weight:600;padding:.3rem 0}"
    ".press-others li a{margin-right:.6rem}"
    "</style>"
)
