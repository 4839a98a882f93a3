"""What stands around every page: masthead with the menu, demonstration banner, the active filters, the foot."""

from datetime import UTC, datetime
from html import escape

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _, current
from campaign.core.pages import DOORS, PageEntry, visible
from campaign.filters import Filters, all_filters, codes, filter_name, regions, urls
from campaign.follow import statuses
from campaign.view.frame import choice, parameters, pieces, sharing
from campaign.view.frame.choice import Choice, written_value
from campaign.wording import campaign_names as names
from campaign.wording import labels, sentences, sources
from campaign.wording.dates import moment_name, period
from campaign.wording.quantities import clauses, listed

OTHER = {"fr": "en", "en": "fr"}
DAYS = ("from", "to")  # the filters of the first and the last day
HERE = ' aria-current="page"'


def masthead(chosen: Filters, page: PageEntry | None) -> None:
    """Draw the name, the menu and the language switch; every link carries the choice along."""
    other = OTHER[current()]
    here = page.key if page else "overview"
    switch = urls.link(here, chosen.replace(lang=other))
    banner = (
        f'<p class="banner" role="note">{escape(sentences.demo_banner(with_remedy=here == "overview"))}</p>'
        if store.query("file_status").one["is_demo"]
        else ""
    )
    brand = urls.anchor(urls.link("overview", chosen), names.name())
    pieces.draw(
        f'<header class="masthead"><a class="skip" href="#answer">{_("Aller au contenu")}</a>'
        f'<p class="brand">{brand}'
        f"<span>{_('tableau de bord')}</span></p>"
        f'<a class="switch" lang="{other}" hreflang="{other}" href="{escape(switch)}">{labels.language(other)}</a>'
        f"{ask_box()}{_menu(chosen, page)}"
        f"</header>{banner}"
    )


def _menu(chosen: Filters, page: PageEntry | None) -> str:
    """Return the doors, and the pages behind the one that the reader stands in; elsewhere those that a campaign is understood by."""
    behind = {door: [entry for entry in visible() if entry.door == door] for door in DOORS}
    opened = page.door if page and page.door in DOORS else "understand"
    doors = []
    for door, entries in behind.items():
        if len(entries) == 1:
            doors.append(_menu_link(chosen, entries[0], is_here=entries[0] is page))
            continue
        here = ' class="here"' if page in entries else ""
        href = escape(urls.link(entries[0].key, chosen))
        doors.append(f'<li{here}><a href="{href}">{escape(labels.door(door))}</a></li>')
    pages = "".join(
        f'<ul class="pages"{"" if door == opened else " hidden"} aria-label="{escape(labels.door(door))}">'
        + "".join(_menu_link(chosen, entry, is_here=entry is page) for entry in entries)
        + "</ul>"
        for door, entries in behind.items()
        if len(entries) > 1
    )
    return f'<nav class="menu" aria-label="{_("Pages")}"><ul class="doors">{"".join(doors)}</ul>{pages}</nav>'


def ask_box() -> str:
    """Return the box that understands a question; assets/ask.js asks /ask.json and draws the answers."""
    return (
        f'<div class="ask" role="search" data-read="{_("« {word} » lu « {meant} ».", word="{word}", meant="{meant}")}"'
        f' data-within="{_("{page}, dans le choix présent", page="{page}")}"'
        f' data-left="{_("Laissé de côté, à côté du reste : {names}.", names="{names}")}"'
        f' data-searched="{_("Cherché dans les textes : « {words} ».", words="{words}")}">'
        f'<label class="unseen" for="ask">{_("Chercher ou demander")}</label>'
        '<input id="ask" type="search" role="combobox" autocomplete="off" maxlength="200" aria-expanded="false"'
        f' aria-autocomplete="list" aria-controls="ask-answers" placeholder="{_("Ateliers gratuits à Rennes samedi…")}">'
        f'<div class="ask-found"><p class="ask-note" role="status" hidden></p>'
        f'<ul id="ask-answers" role="listbox" aria-label="{_("Réponses")}" hidden></ul></div></div>'
    )


def _menu_link(chosen: Filters, entry: PageEntry, *, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    href = escape(urls.link(entry.key, chosen))
    return f'<li><a href="{href}"{here}>{escape(labels.page(entry.key))}</a></li>'


def chips(page: str, choice: Choice, **local: str | None) -> str:
    """Return the active filters as links that take each of them away, and what an address asked in vain."""
    chosen = choice.filters
    links = [
        f'<a class="chip" href="{escape(urls.link(page, without, **local))}" title="{_("Retirer ce filtre")}">'
        f'{escape(words)}<span aria-hidden="true"> ×</span><span class="unseen"> {_("(retirer)")}</span></a>'
        for words, without in active(chosen)
    ]
    if len(links) > 1:
        bare = chosen.only("editions", "nomenclature", "lang")
        links.append(f'<a class="chip clear" href="{escape(urls.link(page, bare, **local))}">{_("Tout effacer")}</a>')
    html = f'<p class="chips">{"".join(links)}</p>' if links else ""
    names_dropped = [filter_name(name) for name in choice.dropped]
    names_dropped += [parameters.label(each) for each in choice.local_dropped if not each.is_told]
    if names_dropped:
        names = listed(names_dropped)
        message = _("L'adresse demandait une valeur inconnue ({names}) : elle a été ignorée.", names=names)
        if "region" in choice.dropped:
            message = f"{message} {regions.of_the_other(written_value('region'), chosen.nomenclature)}".strip()
        html += f'<p class="dropped" role="status">{escape(message)}</p>'
    return html


def active(chosen: Filters) -> list[tuple[str, Filters]]:
    """Return each active filter in words, and the choice without it; first and last day are one choice."""
    named_chips = [(declared.name, chip) for declared in all_filters() for chip in declared.active(chosen)]
    days = [name for name, _chip in named_chips if name in DAYS]
    if len(days) < len(DAYS):
        return [chip for _name, chip in named_chips]
    both = (period(chosen.from_day, chosen.to_day), chosen.replace(from_day=None, to_day=None))
    return [both if name == DAYS[0] else chip for name, chip in named_chips if name != DAYS[1]]


def foot(page: PageEntry | None) -> None:
    """Draw the foot of the page: what the file is, the date of its data, and the pages that stand only there."""
    status = store.query("file_status").one
    kind = _("Démonstration") if status["is_demo"] else _("Événements importés")
    data_date = moment.data_date(choice.current())
    date = moment_name(data_date) if data_date else _("n. c.")
    data = _("données du {date}", date=date)
    silent = sources.silent([each.silent_since for each in statuses.statuses() if each.silent_since], datetime.now(UTC))
    if silent and not choice.current().as_of:
        data = clauses([data, silent])
    links = " · ".join(
        f'<a href="{escape(urls.link(entry.key, choice.current()))}"{HERE if entry is page else ""}>'
        f"{escape(labels.page(entry.key))}</a>"
        for entry in visible()
        if entry.door == "foot"
    )
    pieces.draw(
        f'<footer class="foot"><p>{escape(kind)} · {escape(data)} · '
        f"{escape(_('édition courante : {edition}', edition=codes().current_edition or _('n. c.')))} · {links}</p>"
        # shown by assets/newer.js once another file is published; the address is the view, so reloading keeps it
        f'<p class="newer" role="status">{_("Des données plus récentes sont publiées.")} '
        f'<button type="button">{_("Recharger la page")}</button></p>{sharing.words()}</footer>'
    )
