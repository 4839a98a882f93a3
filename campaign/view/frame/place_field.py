"""The field « Autour de » and its radius: a postcode or a commune is looked up offline, and stands in the address as a code."""

import re
from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from campaign.core.language import _
from campaign.filters import DEFAULT_RADIUS_KM, Filters, filter_name, places, urls
from campaign.filters.places import Place
from campaign.store import search as searching
from campaign.view.frame import choice, controls
from campaign.view.frame.literal import literal
from campaign.wording import territories
from campaign.wording.quantities import quoted

RADII: Final = (1, 2, 5, 10, 20, 30, 50, 100, 200)
SUGGESTED: Final = re.compile(r"\((\w{5})\)$")
_ASKED = "near_asked"


def search(words: str | None) -> None:
    """Look for words: what the fields of the search do."""
    text = str(words or "").strip()
    choice.write(choice.latest().replace(q=searching.read(text) if text else None))


def text_field(
    chosen: Filters, name: str, *, take: Callable[[Place | None], None] | None = None, label: str = ""
) -> None:
    """Draw the field; what is written is looked up, and taken if it can mean one place only: as the filter, or by `take`."""
    place_name = _name_in_field(chosen)

    def changed(written: str | None) -> None:
        text = str(written or "").strip()
        before = choice.latest()
        suggested = SUGGESTED.search(text)  # « Saint-Étienne (42000) »: what the field itself shows and suggests
        candidates = places.named(suggested[1] if suggested else text)
        place = places.meant(candidates)
        if (not text or place) and take is not None:
            take(place)
        elif not text:
            choice.write(before.replace(near=None))
        elif place:
            choice.write(with_place(before, place))
        else:
            st.session_state[_ASKED] = (text, st.query_params.to_dict())

    st.text_input(
        literal(label) if label else filter_name("near"),
        place_name,
        max_chars=100,
        autocomplete="postal-code",
        placeholder=_("Code postal ou commune"),
        **controls.bound(name, place_name, changed),
    )


def _name_in_field(chosen: Filters) -> str:
    """Return the chosen place as the field shows it: its name, and the postcode that its people know it by."""
    if chosen.near is None:
        return ""
    if chosen.near.code == chosen.near.name:
        return chosen.near.name
    code = next((place.postcode for place in places.named(chosen.near.code) if place.name == chosen.near.name), None)
    return f"{chosen.near.name} ({code or chosen.near.code})"


def radius_field(chosen: Filters, name: str) -> None:
    """Draw the radius around the chosen place."""

    def changed(km: float) -> None:
        choice.write(choice.latest().replace(radius_km=float(km)))

    options = sorted({*RADII, round(chosen.radius_km, 1)})
    st.select_slider(
        filter_name("radius_km"),
        options,
        round(chosen.radius_km, 1),
        format_func=lambda km: f"{km:g} km",
        disabled=chosen.near is None,
        **controls.bound(name, chosen.radius_km, changed, options=options),
    )


def with_place(chosen: Filters, place: Place) -> Filters:
    """Return the choice around a place that was written."""
    near = places.near(place)
    return chosen.replace(near=near, radius_km=chosen.radius_km if chosen.near else DEFAULT_RADIUS_KM)


def offers(page: str, chosen: Filters, **local: str | None) -> str:
    """Return what is said of a place that was written and not found, or may be several; "" when there is nothing to say."""
    text, candidates = asked_in_vain()
    if text is None:
        return _of_today(chosen)
    return may_mean(text, candidates, lambda place: urls.link(page, with_place(chosen, place), **local))


def may_mean(text: str, candidates: list[Place], href: Callable[[Place], str]) -> str:
    """Return the places that a text may mean as links, or that there is none."""
    if not candidates:
        words = _(
            "Aucune commune ni aucun code postal ne correspond à {text}. Écrivez un code postal à cinq chiffres ou le "
            "nom d'une commune, d'aujourd'hui ou de l'année de l'édition.",
            text=quoted(text),
        )
        return f'<p class="place-unknown" role="status">{escape(words)}</p>'
    links = "".join(f'<li><a href="{escape(href(place))}">{escape(named(place))}</a></li>' for place in candidates)
    several = sum(place.fit == places.NAME for place in candidates) > 1
    words = _("Plusieurs communes portent ce nom :") if several else _("Vouliez-vous dire :")
    return f'<div class="place-offers" role="status"><span>{escape(words)}</span> <ul>{links}</ul></div>'


def _of_today(chosen: Filters) -> str:
    """Return what a chosen place of another year is called today; "" where there is nothing to say."""
    name_now = places.name_of_today(chosen.near) if chosen.near else None
    if chosen.near is None or name_now is None:
        return ""
    words = territories.with_name_of_today(chosen.near.name, name_now)
    return f'<p class="place-now">{escape(words)}</p>'


def asked_in_vain() -> tuple[str | None, list[Place]]:
    """Return a place that was asked in vain in the field, or in the address, and what it may mean."""
    text, then = st.session_state.get(_ASKED, (None, None))
    if text is not None and then == st.query_params.to_dict():
        return text, places.named(text)
    st.session_state.pop(_ASKED, None)
    if "near" in choice.state().dropped:
        wrong = choice.written_value("near")
        return wrong, places.named(wrong)
    return None, []


def short(place: Place, chosen: Filters) -> str:
    """Return a place beside the chosen one: an arrondissement by its number, a namesake with its département."""
    return named(place) if chosen.near and place.name == chosen.near.name else territories.commune(place.name).name


def named(place: Place) -> str:
    """Return a place so that it can be told from its namesakes: "Saint-Denis (93200, Seine-Saint-Denis)"."""
    name = territories.with_name_of_today(place.name, place.name_now)
    return f"{name} ({place.postcode}, {place.departement})"
