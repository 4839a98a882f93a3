"""The shared filters, drawn once, in the same order on every page. The address is the view: widgets only write it."""

from datetime import date
from typing import Any, Final

import streamlit as st

from campaign import catalog
from campaign.filters import FIRST_DAY, LAST_DAY, UNITS, Filters, codes
from campaign.language import _
from campaign.steering import subcampaigns
from campaign.view import choice, controls, place_field
from campaign.wording import labels
from campaign.wording.numbers import ordinal

ALL = ""
MORE: Final = "filter_more"
_ASKED: Final = "filter_more_asked"
_LANG: Final = "filter_more_lang"


def draw(chosen: Filters, page: str) -> None:
    """Draw the filters in the sidebar, showing `chosen`; the agenda draws search and place itself, above its list."""
    with st.sidebar:
        st.html(f'<h2 class="side-title">{_("Filtres")}</h2>')
        _edition(chosen)
        _territory(chosen)
        _type(chosen)
        _unfold(chosen)
        more = st.expander(_("Plus de filtres"), key=MORE, on_change="rerun")
        if more.open:  # what is folded away is neither sent nor drawn
            with more:
                _theme(chosen)
                _subcampaign(chosen)
                _dates(chosen)
                if page != "agenda":
                    _search(chosen)
                    _place(chosen, page)
                _unit(chosen)


def _unfold(chosen: Filters) -> None:
    """Unfold the other filters as soon as one of them is taken; the reader may fold them again."""
    days = chosen.from_day or chosen.to_day
    asks = bool(chosen.themes or chosen.subcampaign or days or chosen.q or chosen.near or chosen.unit != "events")
    if asks and not st.session_state.get(_ASKED):
        st.session_state[MORE] = True
    st.session_state[_ASKED] = asks
    if st.session_state.get(_LANG, chosen.lang) != chosen.lang and MORE in st.session_state:
        st.session_state[MORE] = st.session_state[MORE]  # under its other name it would be folded again
    st.session_state[_LANG] = chosen.lang


def _edition(chosen: Filters) -> None:
    years = [str(year) for year in sorted(codes().counted_editions, reverse=True)]
    shown = str(chosen.edition) if chosen.edition else ALL
    if shown != ALL and shown not in years:
        years.insert(0, shown)
    names = catalog.labels("edition")

    def name(year: str) -> str:
        if year == ALL:
            return _("Toutes les éditions")
        number = int(names[year].parents[0]) if year in names else 0
        return _("{year} ({rank} édition)", year=year, rank=ordinal(number)) if number > 0 else year

    def changed(year: str) -> None:
        before = choice.latest()
        after = before.but(editions=(int(year),) if year else ())
        if before.subcampaign:  # the same one of that edition, else none: its days are those of its own edition
            found = subcampaigns.chosen(before.subcampaign, after.edition)
            after = found.within(after) if found else after.but(themes=(), from_day=None, to_day=None)
        choice.write(after)

    options = [*years, ALL]
    st.selectbox(
        labels.filter_name("edition"),
        options,
        index=options.index(shown),
        format_func=name,
        placeholder=labels.filter_name("edition"),
        **controls.bound("filter_edition", shown, changed, options=(options, chosen.lang)),
    )


def _territory(chosen: Filters) -> None:
    def changed_nomenclature(year: int | None) -> None:
        if year is None:  # the active segment was clicked again
            return
        before = choice.latest()
        known = codes().regions[year]
        choice.write(before.but(nomenclature=year, regions=tuple(r for r in before.regions if r in known)))

    def changed_region(code: str) -> None:
        choice.write(choice.latest().but(regions=(code,) if code else (), departements=()))

    def changed_departement(code: str) -> None:
        before = choice.latest()
        if not code:
            choice.write(before.but(departements=()))
            return
        parents = catalog.labels("departement")[
            code
        ].parents  # picked before the list was cut to a region picked just now
        regions = before.regions if not before.regions or set(before.regions) & set(parents) else ()
        choice.write(before.but(departements=(code,), regions=regions))

    st.segmented_control(
        labels.filter_name("nomenclature"),
        [2014, 2016],
        default=chosen.nomenclature,
        format_func=lambda year: _("Régions de 2014") if year == 2014 else _("Depuis 2016"),
        width="stretch",
        **controls.bound("filter_nomenclature", chosen.nomenclature, changed_nomenclature, options=chosen.lang),
    )
    regions = catalog.labels(f"region_{chosen.nomenclature}")
    options = [ALL, *regions]
    st.selectbox(
        labels.filter_name("region"),
        options,
        index=options.index(chosen.region or ALL),
        format_func=lambda code: regions[code].text if code else _("Toute la France"),
        placeholder=_("Choisir une région"),
        **controls.bound("filter_region", chosen.region or ALL, changed_region, options=(options, chosen.lang)),
    )
    departements = {
        code: entry
        for code, entry in catalog.labels("departement").items()
        if not chosen.regions or set(chosen.regions) & set(entry.parents)
    }
    shown = chosen.departements[0] if len(chosen.departements) == 1 else ALL
    if shown != ALL and shown not in departements:
        departements[shown] = catalog.labels("departement")[shown]
    options = [ALL, *departements]
    st.selectbox(
        labels.filter_name("departement"),
        options,
        index=options.index(shown),
        format_func=lambda code: f"{departements[code].text} ({code})" if code else _("Tous les départements"),
        placeholder=_("Choisir un département"),
        **controls.bound("filter_departement", shown, changed_departement, options=(options, chosen.lang)),
    )


def _type(chosen: Filters) -> None:
    types = catalog.labels("type")

    def changed(picked: list[str]) -> None:
        choice.write(choice.latest().but(types=tuple(picked)))

    shown = list(chosen.types)

    st.multiselect(
        labels.filter_name("type"),
        list(types),
        format_func=lambda code: types[code].text,
        default=shown,
        placeholder=_("Tous les types"),
        **controls.bound("filter_type", shown, changed, options=(list(types), chosen.lang)),
    )


def _theme(chosen: Filters) -> None:
    themes = catalog.labels("theme")
    if not themes:
        return

    def changed(picked: list[str]) -> None:
        choice.write(choice.latest().but(themes=tuple(picked)))

    shown = [code for code in chosen.themes if code in themes]

    st.multiselect(
        labels.filter_name("theme"),
        list(themes),
        format_func=lambda code: themes[code].text,
        default=shown,
        placeholder=_("Tous les thèmes"),
        **controls.bound("filter_theme", shown, changed, options=(list(themes), chosen.lang)),
    )


def _subcampaign(chosen: Filters) -> None:
    named = {one.code: one for one in subcampaigns.offered() if one.edition == chosen.edition}
    if not named:
        return

    def changed(code: str) -> None:
        one = named.get(code)
        before = choice.latest()
        bare = before.but(themes=(), from_day=None, to_day=None) if before.subcampaign else before
        choice.write(one.within(before) if one else bare)

    shown = chosen.subcampaign or ALL
    options = [ALL, *named]
    st.selectbox(
        labels.filter_name("subcampaign"),
        options,
        index=options.index(shown),
        format_func=lambda code: named[code].label(chosen.lang) if code else _("Tous les événements"),
        placeholder=labels.filter_name("subcampaign"),
        **controls.bound("filter_subcampaign", shown, changed, options=(options, chosen.lang)),
    )


def _dates(chosen: Filters) -> None:
    def changed_from(day: Any) -> None:
        after = choice.latest().but(from_day=day if isinstance(day, date) else None)
        choice.write(after.but(to_day=None) if _is_backwards(after) else after)

    def changed_to(day: Any) -> None:
        after = choice.latest().but(to_day=day if isinstance(day, date) else None)
        choice.write(after.but(from_day=None) if _is_backwards(after) else after)

    first, last = _days(chosen)
    for name, shown, changed in (("from", chosen.from_day, changed_from), ("to", chosen.to_day, changed_to)):
        # a default would leave nothing to clear; within other bounds it is another control
        st.date_input(
            labels.filter_name(name),
            value=None,
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            **controls.bound(f"filter_{name}", shown, changed, options=(first, last), has_default=False),
        )


def _is_backwards(chosen: Filters) -> bool:
    return bool(chosen.from_day and chosen.to_day and chosen.to_day < chosen.from_day)


def _days(chosen: Filters) -> tuple[date, date]:
    """Return the days to choose from: those of the edition's year, so that the calendar opens there."""
    if chosen.edition is None:
        return FIRST_DAY, LAST_DAY
    asked = [day for day in (chosen.from_day, chosen.to_day) if day]
    return min([date(chosen.edition, 1, 1), *asked]), max([date(chosen.edition, 12, 31), *asked])


def _search(chosen: Filters) -> None:
    st.text_input(
        labels.filter_name("q"),
        chosen.q or "",
        max_chars=200,
        placeholder=_("Titre, organisateur, commune"),
        **controls.bound("filter_q", chosen.q or "", place_field.search, means=str.strip),
    )


def _place(chosen: Filters, page: str) -> None:
    place_field.text_field(chosen, "filter_near")
    if chosen.near:
        place_field.radius_field(chosen, "filter_radius_km")
    said = place_field.offers(page, chosen)
    if said:
        st.html(said)


def _unit(chosen: Filters) -> None:
    def changed(unit: str) -> None:
        choice.write(choice.latest().but(unit=unit))

    st.selectbox(
        labels.filter_name("unit"),
        list(UNITS),
        index=UNITS.index(chosen.unit),
        format_func=lambda unit: labels.capitalised(labels.unit(unit)),
        placeholder=labels.filter_name("unit"),
        **controls.bound("filter_unit", chosen.unit, changed, options=chosen.lang),
    )
