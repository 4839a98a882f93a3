"""What a running edition has this week, on the first page: near the reader, where it is known what that means.

« Near » is, in turn: the territory that is chosen; the place that the address names for this part alone (`around`); the place that
the reader chose before in this visit; the coordinator's own region. Without one it is the country. The page is the country's all the
same: its figures are not narrowed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from campaign import store
from campaign.analysis import moment, season, standing
from campaign.core.coordinators import region_of
from campaign.core.language import _, ngettext
from campaign.filters import Filters, Near, places, urls
from campaign.store import Answer
from campaign.view.agenda import listing
from campaign.view.components import figures, lead
from campaign.view.frame import choice, own_region, parameters, place_field
from campaign.wording import territories
from campaign.wording.numbers import number

MOST: Final = 4  # events that the first page lists
WIDER_KM: Final = 200.0
_CHOSEN: Final = "reader_place"


@dataclass(frozen=True)
class Here:
    """What is near the reader: the choice narrowed to it, whether the page's choice says so itself, the code of `around`."""

    chosen: Filters
    is_own: bool = False
    place: Near | None = None


def remember(chosen: Filters) -> None:
    """Keep the place that a reader chose, for the rest of the visit; nothing of it leaves the session."""
    if chosen.near is not None:
        st.session_state[_CHOSEN] = (chosen.near, chosen.radius_km)


def here(chosen: Filters) -> Here:
    """Return what is near the reader."""
    if any(getattr(chosen, field) for field in own_region.PLACES):
        return Here(chosen, is_own=True)
    around = choice.local("around")
    if around == parameters.EVERYWHERE:
        return Here(chosen)
    if around and (place := parameters.place_named(around)):
        return Here(chosen.replace(near=place), place=place)
    if before := st.session_state.get(_CHOSEN):
        near, radius_km = before
        return Here(chosen.replace(near=near, radius_km=radius_km), place=near)
    if (region := region_of(own_region.claims())) and (narrowed := own_region.of_region(chosen, region)):
        return Here(narrowed)
    return Here(chosen)


def draw(chosen: Filters) -> None:
    """List what is still to come this week of a running edition: what the public came for, before the years behind."""
    if chosen.edition is None or chosen.from_day or chosen.to_day or standing.status_of(chosen) != "running":
        return
    today = moment.day_of(chosen)
    week = next(each for each in season.periods(today) if each.key == "week")
    country = chosen.replace(from_day=week.first, to_day=week.last, unit="events")
    if not _total(country):
        return
    reader_place = here(country)
    n = _total(reader_place.chosen)
    figures.heading(_heading_words(reader_place, n))
    if not reader_place.is_own:
        _field(chosen, reader_place)
    listed_choice = reader_place.chosen if n else _nearest(reader_place.chosen, country)
    if under := _under(reader_place, n):
        figures.note(under)
    listing.listing(listed_choice, _listed(listed_choice, today))
    links = [(_("Tous ceux de la semaine"), urls.link("agenda", reader_place.chosen if n else country))]
    if not reader_place.is_own and reader_place.chosen != country:
        links.append((_("Toute la France"), urls.link("overview", chosen, around=parameters.EVERYWHERE)))
    figures.links(links)


def _total(chosen: Filters) -> int:
    total: int = store.query("event_totals", **chosen.params()).one["n_events"]
    return total


def _listed(chosen: Filters, today: date) -> Answer:
    return store.query(
        "events_listed", chosen=chosen, since=today, by_distance=chosen.near is not None, limit=MOST, offset=0
    )


def _nearest(narrow: Filters, country: Filters) -> Filters:
    """Return a choice that has something where the reader's has nothing: further around the place, else the country."""
    wider = narrow.replace(radius_km=WIDER_KM)
    return wider if narrow.near is not None and _total(wider) else country


def _heading_words(reader_place: Here, n: int) -> str:
    place = _place(reader_place.chosen)
    if not place:
        return ngettext("{n} événement d'ici dimanche", "{n} événements d'ici dimanche", n, n=number(n))
    if not n:
        return _("Aucun événement d'ici dimanche {place}", place=place)
    return ngettext(
        "{n} événement d'ici dimanche {place}", "{n} événements d'ici dimanche {place}", n, n=number(n), place=place
    )


def _under(reader_place: Here, n: int) -> str:
    if n or reader_place.is_own:
        return ""
    return _("Les plus proches :") if reader_place.chosen.near else _("En France :")


def _place(chosen: Filters) -> str:
    if chosen.near:
        return territories.around(chosen.near.name, chosen.radius_km)
    place = lead.place_of(chosen)
    return place.inside if place else ""


def _field(chosen: Filters, reader_place: Here) -> None:
    """Draw the field by which a reader says where she is, and what may be meant by what she wrote."""

    def take(place: places.Place | None) -> None:
        choice.write_local(around=places.near(place).code if place else parameters.EVERYWHERE)

    with st.container(key="week-place"):
        place_field.text_field(
            chosen.replace(near=reader_place.place), "home_near", take=take, label=_("Près de chez vous, cette semaine")
        )
    text, may_be = place_field.asked_in_vain()
    if text is not None:
        st.html(
            place_field.may_mean(
                text, may_be, lambda place: urls.link("overview", chosen, around=places.near(place).code)
            )
        )
