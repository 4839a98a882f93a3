"""What stands around every page: masthead with the menu, demonstration banner, the active filters, the foot."""

from datetime import datetime
from html import escape

import streamlit as st

from campaign import address, catalog, store
from campaign.filters import Filters, codes
from campaign.language import _, current, ngettext
from campaign.pages import PageEntry, shown
from campaign.steering import subcampaigns
from campaign.view import choice, parameters
from campaign.view.choice import Choice
from campaign.wording import labels, sentences, territories
from campaign.wording.dates import day_name, moment_name
from campaign.wording.numbers import number
from campaign.wording.quantities import listed, quoted

OTHER = {"fr": "en", "en": "fr"}
HERE = ' aria-current="page"'


def masthead(chosen: Filters, page: PageEntry | None) -> None:
    """Draw the name, the menu and the language switch; every link carries the choice along."""
    rows = {
        group: "".join(_menu_link(chosen, entry, is_here=entry is page) for entry in shown() if entry.group == group)
        for group in ("main", "steering")
    }
    other = OTHER[current()]
    here = page.key if page else "overview"
    switch = address.link(here, chosen.but(lang=other))
    banner = (
        f'<p class="banner" role="note">{escape(sentences.demo_banner())}</p>'
        if store.query("file_status").one["is_demo"]
        else ""
    )
    brand = address.anchor(address.link("overview", chosen), _("Mois de l'ESS"))
    st.html(
        f'<header class="masthead"><a class="skip" href="#answer">{_("Aller au contenu")}</a>'
        f'<p class="brand">{brand}'
        f"<span>{_('tableau de bord')}</span></p>"
        f'<a class="switch" lang="{other}" hreflang="{other}" href="{escape(switch)}">{labels.language(other)}</a>'
        f'<nav class="menu" aria-label="{_("Pages")}"><ul>{rows["main"]}</ul>'
        f'<ul class="steering"><li class="group">{_("Suivre la campagne")}</li>{rows["steering"]}</ul></nav>'
        f"</header>{banner}"
    )


def _menu_link(chosen: Filters, entry: PageEntry, *, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    href = escape(address.link(entry.key, chosen))
    return f'<li><a href="{href}"{here}>{escape(labels.page(entry.key))}</a></li>'


def chips(page: str, choice: Choice, **local: str | None) -> str:
    """Return the active filters as links that take each of them away, and what an address asked in vain."""
    chosen = choice.filters
    found = [
        f'<a class="chip" href="{escape(address.link(page, without, **local))}" title="{_("Retirer ce filtre")}">'
        f'{escape(words)}<span aria-hidden="true"> ×</span><span class="unseen"> {_("(retirer)")}</span></a>'
        for words, without in active(chosen)
    ]
    if len(found) > 1:
        bare = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, lang=chosen.lang)
        found.append(
            f'<a class="chip clear" href="{escape(address.link(page, bare, **local))}">{_("Tout effacer")}</a>'
        )
    html = f'<p class="chips">{"".join(found)}</p>' if found else ""
    names_dropped = [labels.filter_name(name) for name in choice.dropped]
    names_dropped += [parameters.label(each) for each in choice.local_dropped if not each.is_told]
    if names_dropped:
        names = listed(names_dropped)
        message = _("L'adresse demandait une valeur inconnue ({names}) : elle a été ignorée.", names=names)
        html += f'<p class="dropped" role="status">{escape(message)}</p>'
    return html


def active(chosen: Filters) -> list[tuple[str, Filters]]:
    """Return each active filter in words, and the choice without it."""
    active: list[tuple[str, Filters]] = []
    lists = (
        ("regions", chosen.regions, f"region_{chosen.nomenclature}"),
        ("departements", chosen.departements, "departement"),
        ("types", chosen.types, "type"),
        ("themes", () if chosen.subcampaign else chosen.themes, "theme"),
    )
    for field, values, kind in lists:
        for code in values:
            rest = tuple(value for value in values if value != code)
            active.append((catalog.label(kind, code), chosen.but(**{field: rest})))
    if chosen.subcampaign:
        without = chosen.but(themes=(), from_day=None, to_day=None, subcampaign=None)
        active.append((subcampaigns.name_of(chosen), without))
    for mode in chosen.attendance_modes:
        rest = tuple(value for value in chosen.attendance_modes if value != mode)
        active.append((labels.attendance_mode(mode), chosen.but(attendance_modes=rest)))
    for code in chosen.communes:
        name = store.query("place_of_code", code=code).one["name"]
        active.append((name, chosen.but(communes=tuple(c for c in chosen.communes if c != code))))
    for code in chosen.organisers:
        name = store.query("organiser_name", code=code).one["name"]
        active.append((name, chosen.but(organisers=tuple(o for o in chosen.organisers if o != code))))
    if chosen.free is not None:
        active.append((labels.price(chosen.free), chosen.but(free=None)))
    for kind in chosen.accessible:
        rest = tuple(value for value in chosen.accessible if value != kind)
        active.append((labels.accessibility(kind), chosen.but(accessible=rest)))
    for group in chosen.audiences:
        rest = tuple(value for value in chosen.audiences if value != group)
        active.append((labels.audience(group), chosen.but(audiences=rest)))
    if chosen.ids:
        n = len(chosen.ids)
        words = ngettext("{n} événement choisi", "{n} événements choisis", n, n=number(n))
        active.append((words, chosen.but(ids=())))
    if chosen.from_day and not chosen.subcampaign:
        active.append((_("depuis le {day}", day=day_name(chosen.from_day)), chosen.but(from_day=None)))
    if chosen.to_day and not chosen.subcampaign:
        active.append((_("jusqu'au {day}", day=day_name(chosen.to_day)), chosen.but(to_day=None)))
    if chosen.q:
        active.append((quoted(chosen.q), chosen.but(q=None)))
    if chosen.near:
        active.append((territories.around(chosen.near.name, chosen.radius_km), chosen.but(near=None)))
    if chosen.as_of:
        active.append((_("état au {day}", day=day_name(chosen.as_of)), chosen.but(as_of=None)))
    if chosen.unit != "events":
        active.append((_("en {unit}", unit=labels.unit(chosen.unit)), chosen.but(unit="events")))
    return active


def data_date() -> datetime | None:
    """Return the date of the data: the latest change of a counted event."""
    found: datetime | None = store.query("file_status").one["data_date"]
    return found


def foot(page: PageEntry | None) -> None:
    """Draw the foot of the page: what the file is, the date of its data, and the pages that stand only there."""
    status = store.query("file_status").one
    kind = _("Démonstration") if status["is_demo"] else _("Événements importés")
    date = moment_name(status["data_date"]) if status["data_date"] else _("n. c.")
    links = " · ".join(
        f'<a href="{escape(address.link(entry.key, choice.current()))}"{HERE if entry is page else ""}>'
        f"{escape(labels.page(entry.key))}</a>"
        for entry in shown()
        if entry.group == "foot"
    )
    st.html(
        f'<footer class="foot"><p>{escape(kind)} · {escape(_("données du {date}", date=date))} · '
        f"{escape(_('édition courante : {edition}', edition=codes().current_edition or _('n. c.')))} · {links}</p></footer>"
    )
