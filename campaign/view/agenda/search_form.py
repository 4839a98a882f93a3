"""What stands above the agenda's list: the two fields, the quick choices, the banner out of season, what was understood."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from campaign import store
from campaign.analysis.season import Period
from campaign.core.language import _, ngettext
from campaign.filters import Filters, codes, filter_name, urls
from campaign.view.agenda import address_state, facets
from campaign.view.agenda.address_state import Agenda
from campaign.view.components import figures, lead
from campaign.view.frame import controls, parameters, place_field
from campaign.wording import dates, labels, sentences, territories
from campaign.wording.numbers import number
from campaign.wording.quantities import quoted

RADII: Final = (5, 10, 20, 50)
EVENING: Final = ("evening",)


def fields(agenda: Agenda) -> None:
    """Draw the two fields, what and where; the first answers while one types."""
    chosen = agenda.chosen
    text = chosen.q.text if chosen.q else ""
    with st.container(key="agenda-fields"):
        what, where, radius = st.columns([5, 4, 3], vertical_alignment="top")
    with what:
        st.text_input(
            filter_name("q"),
            text,
            max_chars=200,
            type="search",
            live="300ms",
            placeholder=_("Titre, organisateur, commune, thème"),
            **controls.bound("agenda_q", text, place_field.search, means=str.strip),
        )
    with where:
        place_field.text_field(chosen, "agenda_near")
    if chosen.near:
        with radius:
            place_field.radius_field(chosen, "agenda_radius_km")


def answer(chosen: Filters, total: int) -> str:
    """Return how many events there are, where and when."""
    place = lead.place_of(chosen)
    around = [territories.around(chosen.near.name, chosen.radius_km)] if chosen.near else []
    when = [dates.period(chosen.from_day, chosen.to_day)] if chosen.from_day or chosen.to_day else []
    return sentences.agenda(total, place=place, period=", ".join(around + when))


def held(located: int, online: int, unlocated: int) -> str:
    """Return where the events of a list are held, in plain words; what there is none of is not said."""
    if not online and not unlocated:
        return _("tous dans un lieu connu") if located > 1 else ""
    parts = [
        (located, ngettext("{n} dans un lieu connu", "{n} dans un lieu connu", located, n=number(located))),
        (online, ngettext("{n} en ligne", "{n} en ligne", online, n=number(online))),
        (unlocated, ngettext("{n} sans lieu indiqué", "{n} sans lieu indiqué", unlocated, n=number(unlocated))),
    ]
    return ", ".join(words for n, words in parts if n)


def understood(chosen: Filters) -> str:
    """Return which misspelt words were read as which, in a sentence; "" if none was."""
    if not chosen.q:
        return ""
    sentences = [
        _("{word} ne figure nulle part : recherche de {meant}.", word=quoted(each.word), meant=quoted(each.spelling))
        for each in chosen.q.misspelt
    ]
    return " ".join(labels.capitalised(sentence) for sentence in sentences)


def quick_choices(agenda: Agenda) -> str:
    """Return the quick choices with their counts: today, this weekend…; out of season the months of the edition."""
    chosen = agenda.chosen
    undated = chosen.replace(from_day=None, to_day=None, unit="events")
    total = store.query("event_totals", chosen=undated).one["total"]
    periods = agenda.season.periods()
    items = [_choice(agenda, _("Toutes les dates"), Period("all", None, None), total)]
    items += [
        _choice(agenda, _name(each), each, n)
        for each, n in zip(periods, counts(undated, periods), strict=True)
        if n or not each.is_month or (chosen.from_day, chosen.to_day) == (each.first, each.last)
    ]
    items.insert(2, _evening(agenda))  # in sight on a telephone, where the row scrolls
    return f'<nav class="quick" aria-label="{escape(_("Quand"))}"><ul>{"".join(items)}</ul></nav>'


def _evening(agenda: Agenda) -> str:
    """Return the quick choice of evenings, beside that of the days: it is added to them, and taken back by the same link."""
    is_here = agenda.chosen.times_of_day == EVENING
    events = agenda.chosen.replace(times_of_day=EVENING, unit="events")
    n = store.query("event_totals", chosen=events).one["total"]
    wanted = agenda.chosen.replace(times_of_day=() if is_here else EVENING)
    here = ' aria-current="true"' if is_here else ""
    css = "evening none" if n == 0 else "evening"
    back = f'<span class="unseen"> {escape(_("(retirer)"))}</span>' if is_here else ""
    title = escape(labels.time_of_day(EVENING[0]))
    words = f"{escape(_('Le soir'))}{back} <b>{number(n)}</b>"
    return f'<li class="{css}"><a href="{escape(agenda.link(wanted))}"{here} title="{title}">{words}</a></li>'


def counts(undated: Filters, periods: Sequence[Period]) -> list[int]:
    """Return how many events each period leaves: from the cells, or where they do not hold it from one scan for all."""
    wanted = [undated.replace(from_day=period.first, to_day=period.last) for period in periods]
    if all(each.plan().plan.rollup("counted_rollup") == "day_rollup" for each in wanted):
        return [store.query("event_totals", chosen=each).one["total"] for each in wanted]
    answer = store.query(
        "agenda_periods",
        chosen=undated,
        from_days=tuple(period.first or date.min for period in periods),
        to_days=tuple(period.last or date.max for period in periods),
    )
    return answer.column("n_events")


def _choice(agenda: Agenda, words: str, period: Period, n: int) -> str:
    wanted = agenda.chosen.replace(from_day=period.first, to_day=period.last)
    is_here = (agenda.chosen.from_day, agenda.chosen.to_day) == (period.first, period.last)
    here = ' aria-current="true"' if is_here else ""
    css = ' class="none"' if n == 0 else ""
    return f'<li{css}><a href="{escape(agenda.link(wanted))}"{here}>{escape(words)} <b>{number(n)}</b></a></li>'


def _name(period: Period) -> str:
    match period.key:
        case "today":
            return _("Aujourd'hui")
        case "saturday":
            return _("Samedi")
        case "sunday":
            return _("Dimanche")
        case "weekend":
            return _("Ce week-end")
        case "week":
            return _("Cette semaine")
        case "upcoming":
            return _("À venir")
        case "past":
            return _("Passés")
    assert period.first is not None  # noqa: S101  a month has both days
    return labels.capitalised(f"{dates.month(period.first.month)} {period.first.year}")


def banner(agenda: Agenda) -> str:
    """Return, out of season, what is shown instead; "" in season, or for an edition that the reader asked for."""
    season = agenda.season
    is_current = agenda.chosen.edition is not None and agenda.chosen.edition == codes().current_edition
    if season.is_on or season.first_day is None or not is_current:
        return ""
    words = _(
        "Hors saison : l'édition {edition} s'est tenue {period}. La voici, en attendant les événements de la prochaine.",
        edition=agenda.chosen.edition,
        period=dates.period(season.first_day, season.last_day),
    )
    return f'<p class="season" role="note">{escape(words)}</p>'


def around(agenda: Agenda) -> str:
    """Return what goes with the field of the place: the reader's own position, other places of that name, events online."""
    chosen = agenda.chosen
    parts = [
        f'<button type="button" class="locate" data-locate="/near.json" data-failed="{escape(_failed())}" '
        f'data-refused="{escape(_refused())}">{escape(_("Autour de ma position"))}</button>'
        f'<span class="locate-said" role="status"></span>',
        place_field.offers("agenda", chosen, **agenda.parameters()),
    ]
    if chosen.near:
        places = address_state.alternatives(chosen)
        links = "".join(
            f"<li>{urls.anchor(agenda.link(place_field.with_place(chosen, place)), place_field.short(place, chosen))}</li>"
            for place in places
        )
        if links:
            parts.append(f'<div class="place-offers"><span>{escape(_("Ou bien :"))}</span> <ul>{links}</ul></div>')
        online = chosen.replace(near=None, attendance_modes=("online",), unit="events")
        n = store.query("event_totals", chosen=online).one["total"]
        if n:
            words = ngettext(
                "Et {n} événement en ligne, d'où que vous soyez",
                "Et {n} événements en ligne, d'où que vous soyez",
                n,
                n=number(n),
            )
            parts.append(f'<p class="apart"><a href="{escape(agenda.link(online))}">{escape(words)}</a></p>')
    return f'<div class="around">{"".join(parts)}</div>'


def _failed() -> str:
    return _("Votre position n'a pas pu être lue. Écrivez un code postal ou une commune.")


def _refused() -> str:
    return _("Votre navigateur n'a pas donné de position. Écrivez un code postal ou une commune.")


def tools(agenda: Agenda) -> str:
    """Return the choice of view and order, and what was put aside."""
    names = {"list": _("Liste"), "calendar": _("Calendrier"), "map": _("Carte")}
    views = figures.switch_html(
        _("Vue"),
        [
            (names[view], agenda.link(view=view if view != "list" else None, month=None), view == agenda.view)
            for view in parameters.VIEWS
        ],
    )
    orders = ""
    if agenda.chosen.near and agenda.view == "list":
        orders = figures.switch_html(
            _("Trier par"),
            [
                (_("date"), agenda.link(sort=None), not agenda.is_by_distance),
                (_("distance"), agenda.link(sort="distance"), agenda.is_by_distance),
            ],
        )
    return f'<div class="tools">{views}{orders}{_taken(agenda)}{_shortlist(agenda)}</div>'


def _taken(agenda: Agenda) -> str:
    """Return the links that take the whole list along: on paper, and into one's own calendar, where it stays up to date."""
    events = agenda.chosen.replace(unit="events")
    links = (
        (_("Imprimer (PDF)"), urls.api("/programme.pdf", events)),
        (_("S'abonner (.ics)"), urls.api("/api/v1/events.ics", events)),
    )
    return f'<p class="taken">{" ".join(urls.anchor(href, words) for words, href in links)}</p>'


def _shortlist(agenda: Agenda) -> str:
    n = len(agenda.shortlist)
    if not n:
        return ""
    shortlisted = agenda.chosen.only("nomenclature", "lang", "as_of", ids=agenda.shortlist)
    words = ngettext("Ma sélection : {n} événement", "Ma sélection : {n} événements", n, n=number(n))
    download = urls.api("/api/v1/events.ics", shortlisted)
    return (
        f'<p class="shortlist"><a href="{escape(agenda.link(shortlisted, view=None, sort=None))}">{escape(words)}</a> '
        f'<a href="{escape(download)}">{escape(_("Ajouter à mon agenda (.ics)"))}</a> '
        f'<a href="{escape(agenda.link(shortlist=None))}">{escape(_("Vider"))}</a></p>'
    )


def above(agenda: Agenda, total: int) -> str:
    """Return what stands between the fields and the result, in one piece: banner, place, dates, facets, view."""
    refined = facets.html(agenda, total, _radii(agenda))
    return "".join((banner(agenda), around(agenda), quick_choices(agenda), refined, tools(agenda)))


def _radii(agenda: Agenda) -> str:
    """Return the distances around the chosen place as links: on a telephone the slider takes the room of a result."""
    chosen = agenda.chosen
    if not chosen.near:
        return ""
    links = [
        (f"{number(km)} km", agenda.link(chosen.replace(radius_km=float(km))), km == chosen.radius_km) for km in RADII
    ]
    return f'<div class="radii">{figures.switch_html(_("À moins de"), links)}</div>'
