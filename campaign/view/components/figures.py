"""Answer, figures, tables and drawings of a page: semantic HTML, drawn in few pieces because each piece costs a round trip.

Written by hand, unlike documents (campaign/core/html.py): a table of 101 départements takes 0.8 ms, by a compiled template 1.8 ms,
and a page draws several at each change of a filter. Every text is escaped; tests/pages/test_payloads.py looks for markup in records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from campaign.analysis import moment
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.charts.in_html import carried
from campaign.core.language import _
from campaign.filters import Filters, urls
from campaign.statements.scope import briefly_unsaid
from campaign.view.components.tables import Cell as Cell
from campaign.view.components.tables import Column as Column
from campaign.view.components.tables import first_rows as first_rows
from campaign.view.components.tables import table_html as table_html
from campaign.view.frame import choice, chrome, pieces, sharing
from campaign.wording import sentences
from campaign.wording.dates import data_as_of, days_to_go
from campaign.wording.numbers import missing, number, signed
from campaign.wording.quantities import quoted


@dataclass(frozen=True)
class Card:
    """One figure: its value in words, what it counts, and its comparison."""

    value: str
    label: str
    note: str = ""
    href: str | None = None


_OPTION: Final = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")
_collected: ContextVar[list[str] | None] = ContextVar("figures_collected", default=None)


def _draw(html: str) -> None:
    """Draw HTML where the page stands, or keep it for the part that holds it."""
    parts = _collected.get()
    if parts is None:
        pieces.draw(html)
    else:
        parts.append(html)


@contextmanager
def unfolding(text: str, *, is_open: bool = False) -> Iterator[None]:
    """Draw what is drawn within as one part that unfolds under its heading; drawings of other modules cannot stand in it."""
    parts: list[str] = []
    token = _collected.set(parts)
    try:
        yield
    finally:
        _collected.reset(token)
    pieces.draw(
        f'<details class="unfolding"{" open" if is_open else ""}><summary><h2 class="part">{escape(text)}</h2></summary>'
        f"{''.join(parts)}</details>"
    )


def answer(page: str, sentence: str, details: str = "", *, of: Filters | None = None, **local: str | None) -> None:
    """Draw the active filters and the answer in one sentence, the page's title; `local` stands in the filters' links.

    `of` is the choice of which the sentence is true: it then also says the filters that it did not say by itself.
    """
    state = choice.state()
    if of is not None:
        sentence = sentences.scoped(sentence, briefly_unsaid(of.replace(editions=()), sentence))
    under = f'<p class="under">{escape(details)}</p>' if details else ""
    _draw(
        f'<div id="answer" tabindex="-1">{chrome.chips(page, state, **local)}<h1 class="answer">{escape(sentence)}</h1>{under}</div>'
    )


def cards(row: Iterable[Card]) -> None:
    """Draw 3 to 5 figures in a row."""
    _draw(f'<dl class="cards">{"".join(_card(card) for card in row)}</dl>')


def _card(card: Card) -> str:
    value = urls.anchor(card.href, card.value) if card.href else escape(card.value)
    note = f'<dd class="note">{escape(card.note)}</dd>' if card.note else ""
    return f'<div class="card"><dt>{escape(card.label)}</dt><dd class="value">{value}</dd>{note}</div>'


def table(columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], *, caption: str, **options: Any) -> None:
    """Draw a table."""
    _draw(table_html(columns, rows, caption=caption, **options))


def files_html(name: str, chosen: Filters, is_enlarged: bool = False, **options: str | int | None) -> str:
    """Return what takes a drawing away: full screen, its address, picture and frame to share, its files (/figures/…)."""
    files: tuple[tuple[str, str, str, dict[str, str | int | None]], ...] = (
        (_("PNG"), _("Image pour l'impression (PNG)"), "png", {}),
        (_("réseaux"), _("Image pour les réseaux sociaux, 1200 × 675 (PNG)"), "png", {"size": "social"}),
        (_("carré"), _("Image carrée (PNG)"), "png", {"size": "square"}),
        (_("SVG"), _("Image vectorielle (SVG)"), "svg", {}),
        (_("données"), _("Les nombres du dessin (CSV)"), "csv", {}),
    )
    links = " ".join(
        f'<a href="{escape(urls.api(f"/figures/{name}.{kind}", chosen, **size, **options))}" download title="{escape(title)}">'
        f"{escape(words)}</a>"
        for words, title, kind, size in files
    )
    taken = f"<span>{escape(_('À emporter :'))}</span> {links}"
    frame = urls.api(f"/embed/{name}", chosen, **options)
    return f'<p class="source files">{sharing.buttons(name, frame, is_enlarged=is_enlarged)}{taken}</p>'


def files(name: str, chosen: Filters, **options: str | int | None) -> None:
    """Draw the links to a drawing's files."""
    _draw(files_html(name, chosen, False, **options))


def drawing(
    title: str, subtitle: str, inner: str, *, source: str = "", css: str = "", files: str = "", name: str = ""
) -> None:
    """Draw a figure of our own HTML or SVG: its finding, its unit and period, its source line, its files to take away.

    `name` is that of the catalogue, by which an address leads to it.
    """
    anchor = f' id="{sharing.anchor(name)}"' if name else ""
    html = (
        f'<figure class="drawing {css}"{anchor}><figcaption><strong>{escape(title)}</strong><span>{escape(subtitle)}</span></figcaption>'
        f"{inner}{source}{files}</figure>"
    )
    _draw(carried(html))


def heading(text: str, details: str = "") -> None:
    """Draw the heading of a part of the page."""
    under = f'<p class="under">{escape(details)}</p>' if details else ""
    _draw(f'<h2 class="part">{escape(text)}</h2>{under}')


def note(text: str) -> None:
    """Draw a remark, if there is one."""
    if text:
        _draw(f'<p class="under">{with_options(text)}</p>')


def with_options(text: str) -> str:
    """Return a text as HTML in which options of a command (--dry-run) are code, which no line breaks at their hyphens."""
    return _OPTION.sub(r'<code class="option">\g<0></code>', escape(text))


def folded(heading: str, text: str) -> None:
    """Draw a remark that only some readers look for, folded under its heading."""
    _draw(f'<details class="remark"><summary>{escape(heading)}</summary><p class="under">{escape(text)}</p></details>')


def folded_list(heading: str, items: Iterable[tuple[str, str]]) -> None:
    """Draw a list of names and what belongs to each, folded under its heading."""
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in items)
    _draw(f'<details class="remark"><summary>{escape(heading)}</summary><dl class="lines">{lines}</dl></details>')


def undated(chosen: Filters) -> None:
    """Say of a part that it is not as of the asked day, if one is asked."""
    if sentence := moment.undated(chosen):
        note(sentence)


def links(targets: Sequence[tuple[str, str]], more: str = "") -> None:
    """Draw links to files, and a remark beside them."""
    anchors = " ".join(urls.anchor(href, words) for words, href in targets)
    _draw(f'<p class="source">{anchors}{" · " if more else ""}{escape(more)}</p>')


def switch_html(label: str, options: Sequence[tuple[str, str, bool]]) -> str:
    """Return a choice between a few views of the page, as links: words, address, whether it is the one shown."""
    links = "".join(
        f'<li><a href="{escape(href)}"{" aria-current=true" if is_here else ""}>{escape(words)}</a></li>'
        for words, href, is_here in options
    )
    return f'<div class="switches"><span>{escape(label)}</span><ul>{links}</ul></div>'


def switch(label: str, options: Sequence[tuple[str, str, bool]]) -> None:
    """Draw a choice between a few views of the page."""
    _draw(switch_html(label, options))


def source_html(chosen: Filters, *, origin: str | None = None, exports: Sequence[tuple[str, str]] = ()) -> str:
    """Return a source line: where the figures come from, the date of the data, and links to the same figures as data."""
    where = origin or _("Source : fichier des événements, {date}", date=data_as_of(moment.data_date(chosen)))
    links = " ".join(urls.anchor(href, text) for text, href in exports)
    return f'<p class="source">{escape(where)}{" · " if links else ""}{links}</p>'


def programme_links(chosen: Filters) -> tuple[tuple[str, str], ...]:
    """Return the links to the printable programme of a choice, for a source line."""
    return (
        (_("Programme à imprimer (PDF)"), urls.api("/programme.pdf", chosen)),
        (_("Programme en texte"), urls.api("/programme.txt", chosen)),
    )


def report_links(chosen: Filters) -> tuple[tuple[str, str], ...]:
    """Return the links to the end-of-campaign report of the chosen region, else of the country."""
    own = chosen.only("editions", "nomenclature", "lang", regions=(chosen.region,) if chosen.region else ())
    return (
        (_("Bilan (PDF)"), urls.api("/reports/bilan.pdf", own)),
        (_("Bilan à compléter (DOCX)"), urls.api("/reports/bilan.docx", own)),
    )


def source_line(chosen: Filters, *, exports: Sequence[tuple[str, str]] = ()) -> None:
    """Draw the source line of a page, with the events of this view as data."""
    own = (
        (_("Événements (CSV)"), urls.api("/api/v1/events.csv", chosen)),
        (_("CSV pour Excel"), urls.api("/api/v1/events.csv", chosen, dialect="fr")),
        (_("JSON"), urls.api("/api/v1/events.json", chosen)),
    )
    _draw(source_html(chosen, exports=[*exports, *own]))


def empty(page: str, chosen: Filters, **local: str | None) -> None:
    """Draw the empty case: say that nothing matches, and which filter to loosen."""
    ways = "".join(
        f'<li><a href="{escape(urls.link(page, without, **local))}">{escape(_without(words))}</a></li>'
        for words, without in chrome.active(chosen)
    )
    offer = f"<p>{_('Essayez :')}</p><ul>{ways}</ul>" if ways else ""
    _draw(f'<div class="empty" role="status"><p>{_("Aucun événement ne correspond à vos filtres.")}</p>{offer}</div>')


def _without(words: str) -> str:
    """Return the offer to take a filter away; a search stands in guillemets of its own."""
    is_quoted = words == quoted(words[1:-1].strip())
    return _("sans {words}", words=words) if is_quoted else _("sans « {words} »", words=words)


def noted_cell(text: str, note: str, *, href: str | None = None, css: str = "") -> Cell:
    """Return a cell with a remark in small letters under its text."""
    inner = urls.anchor(href, text) if href else escape(text)
    return Cell(text, css=css, html=f"{inner}<small>{escape(note)}</small>" if note else inner)


def change_column(verdict: Comparison | Refusal) -> list[Column]:
    """Return the column of changes, where there is something to compare with."""
    if isinstance(verdict, Refusal):
        return []
    return [Column(_("Écart avec {year}", year=verdict.edition), "change", True)]


def change_cell(change: Change | None) -> Cell:
    """Return a change with its sign, a gain or a loss; n. c. without one."""
    if change is None:
        return Cell(missing())
    return Cell(
        signed(change.difference), css="gain" if change.difference > 0 else "loss" if change.difference < 0 else ""
    )


def change_note(verdict: Comparison | Refusal) -> None:
    """Say at which days to go changes are counted, or why there are none though there is an edition before."""
    if isinstance(verdict, Refusal):
        if verdict.reason == "undated":
            note(_("Écart non calculé – {reason}.", reason=verdict.words))
    elif verdict.days_to_go is not None:
        note(
            _(
                "Écart avec {year} : les deux éditions {when}.",
                year=verdict.edition,
                when=days_to_go(verdict.days_to_go),
            )
        )


def bar_cell(value: int | None, href: str | None = None) -> Cell:
    """Return a cell with a number and its bar."""
    return Cell(number(value), float(value or 0), href)
