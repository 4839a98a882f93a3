"""The field « Autour de » and its radius: a postcode or a commune is looked up offline, and stands in the address as a code."""

from html import escape
from typing import Final

import streamlit as st

from campaign import address, places
from campaign.filters import DEFAULT_RADIUS_KM, Filters
from campaign.language import _
from campaign.places import Place
from campaign.view import choice
from campaign.wording import labels, territories
from campaign.wording.quantities import quoted

RADII: Final = (1, 2, 5, 10, 20, 30, 50, 100, 200)
_ASKED = "near_asked"


def text_field(chosen: Filters, key: str) -> None:
    """Draw the field; what is written is looked up, and chosen if it can mean one place only."""
    shown = f"{chosen.near.name} ({chosen.near.code})" if chosen.near else ""

    def changed() -> None:
        text = str(st.session_state[key] or "").strip()
        before = choice.current()
        found = places.named(text)
        if not text:
            choice.write(before.but(near=None))
        elif found and (found[0].is_certain or len(found) == 1):
            choice.write(with_place(before, found[0]))
        else:
            st.session_state[_ASKED] = (text, st.query_params.to_dict())

    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.text_input(
        labels.filter_name("near"),
        key=key,
        on_change=changed,
        max_chars=100,
        autocomplete="postal-code",
        placeholder=_("Code postal ou commune"),
    )


def radius_field(chosen: Filters, key: str) -> None:
    """Draw the radius around the chosen place."""

    def changed() -> None:
        choice.write(choice.current().but(radius_km=float(st.session_state[key])))

    options = sorted({*RADII, round(chosen.radius_km, 1)})
    if st.session_state.get(key) != chosen.radius_km:
        st.session_state[key] = chosen.radius_km
    st.select_slider(
        labels.filter_name("radius_km"),
        options,
        key=key,
        on_change=changed,
        format_func=lambda km: f"{km:g} km",
        disabled=chosen.near is None,
    )


def with_place(chosen: Filters, place: Place) -> Filters:
    """Return the choice around a place that was written."""
    found = places.near(place)
    return chosen.but(near=found, radius_km=chosen.radius_km if chosen.near else DEFAULT_RADIUS_KM)


def offers(page: str, chosen: Filters, **local: str | None) -> str:
    """Return what is said of a place that was written and not found, or may be several; "" when there is nothing to say."""
    text, found = _asked()
    if text is None:
        return ""
    if not found:
        words = _(
            "Aucune commune ni aucun code postal ne correspond à {text}. Écrivez un code postal à cinq chiffres ou le "
            "nom d'une commune ; les communes sont celles de 2014.",
            text=quoted(text),
        )
        return f'<p class="place-unknown" role="status">{escape(words)}</p>'
    links = "".join(
        f'<li><a href="{escape(address.link(page, with_place(chosen, place), **local))}">{escape(named(place))}</a></li>'
        for place in found
    )
    return f'<div class="place-offers" role="status"><span>{escape(_("Vouliez-vous dire :"))}</span> <ul>{links}</ul></div>'


def _asked() -> tuple[str | None, list[Place]]:
    """Return a place that was asked in vain in the field, or in the address, and what it may mean."""
    text, then = st.session_state.get(_ASKED, (None, None))
    if text is not None and then == st.query_params.to_dict():
        return text, places.named(text)
    st.session_state.pop(_ASKED, None)
    if "near" in choice.state().dropped:
        wrong = choice.asked("near")
        return wrong, places.named(wrong)
    return None, []


def short(place: Place, chosen: Filters) -> str:
    """Return a place beside the chosen one: an arrondissement by its number, a namesake with its département."""
    return named(place) if chosen.near and place.name == chosen.near.name else territories.commune(place.name).name


def named(place: Place) -> str:
    """Return a place so that it can be told from its namesakes: "Saint-Denis (93200, Seine-Saint-Denis)"."""
    return f"{place.name} ({place.postcode}, {place.departement})"
