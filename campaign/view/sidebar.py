"""The shared filters, drawn once, in the same order on every page. The address is the view: widgets only write it."""

from datetime import date
from typing import Final

import streamlit as st

from campaign import catalog
from campaign.filters import FIRST_DAY, LAST_DAY, UNITS, Filters, codes, filter_name
from campaign.language import _
from campaign.steering import subcampaigns
from campaign.view import choice, place_field
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


def _set(key: str, value: object) -> str:
    """Make a widget show a value of the address."""
    full = f"filter_{key}"
    if (
        full not in st.session_state or st.session_state[full] != value
    ):  # told again, every widget would draw itself again
        st.session_state[full] = value
    return full


def _value(key: str) -> object:
    return st.session_state[f"filter_{key}"]


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

    def changed() -> None:
        year = str(_value("edition"))
        before = choice.current()
        after = before.but(editions=(int(year),) if year else ())
        if before.subcampaign:  # the same one of that edition, else none: its days are those of its own edition
            found = subcampaigns.chosen(before.subcampaign, after.edition)
            after = found.within(after) if found else after.but(themes=(), from_day=None, to_day=None)
        choice.write(after)

    st.selectbox(
        filter_name("edition"),
        [*years, ALL],
        format_func=name,
        key=_set("edition", shown),
        on_change=changed,
        placeholder=filter_name("edition"),
    )


def _territory(chosen: Filters) -> None:
    def changed_nomenclature() -> None:
        year = _value("nomenclature")
        if year is None:  # the active segment was clicked again
            return
        before = choice.current()
        known = codes().regions[int(str(year))]
        choice.write(before.but(nomenclature=year, regions=tuple(r for r in before.regions if r in known)))

    def changed_region() -> None:
        code = str(_value("region"))
        choice.write(choice.current().but(regions=(code,) if code else (), departements=()))

    def changed_departement() -> None:
        code = str(_value("departement"))
        choice.write(choice.current().but(departements=(code,) if code else ()))

    st.segmented_control(
        filter_name("nomenclature"),
        [2014, 2016],
        format_func=lambda year: _("Régions de 2014") if year == 2014 else _("Depuis 2016"),
        key=_set("nomenclature", chosen.nomenclature),
        on_change=changed_nomenclature,
        width="stretch",
    )
    kind = f"region_{chosen.nomenclature}"
    regions = catalog.labels(kind)
    st.selectbox(
        filter_name("region"),
        [ALL, *regions],
        format_func=lambda code: regions[code].text if code else _("Toute la France"),
        key=_set("region", chosen.region or ALL),
        on_change=changed_region,
        placeholder=_("Choisir une région"),
    )
    departements = {
        code: entry
        for code, entry in catalog.labels("departement").items()
        if not chosen.regions or set(chosen.regions) & set(entry.parents)
    }
    shown = chosen.departements[0] if len(chosen.departements) == 1 else ALL
    if shown != ALL and shown not in departements:
        departements[shown] = catalog.labels("departement")[shown]
    st.selectbox(
        filter_name("departement"),
        [ALL, *departements],
        format_func=lambda code: f"{departements[code].text} ({code})" if code else _("Tous les départements"),
        key=_set("departement", shown),
        on_change=changed_departement,
        placeholder=_("Choisir un département"),
    )


def _type(chosen: Filters) -> None:
    types = catalog.labels("type")

    def changed() -> None:
        picked = _value("type")
        choice.write(choice.current().but(types=tuple(picked) if isinstance(picked, list) else ()))

    st.multiselect(
        filter_name("type"),
        list(types),
        format_func=lambda code: types[code].text,
        key=_set("type", list(chosen.types)),
        on_change=changed,
        placeholder=_("Tous les types"),
    )


def _theme(chosen: Filters) -> None:
    themes = catalog.labels("theme")
    if not themes:
        return

    def changed() -> None:
        picked = _value("theme")
        choice.write(choice.current().but(themes=tuple(picked) if isinstance(picked, list) else ()))

    st.multiselect(
        filter_name("theme"),
        list(themes),
        format_func=lambda code: themes[code].text,
        key=_set("theme", [code for code in chosen.themes if code in themes]),
        on_change=changed,
        placeholder=_("Tous les thèmes"),
    )


def _subcampaign(chosen: Filters) -> None:
    named = {one.code: one for one in subcampaigns.offered() if one.edition == chosen.edition}
    if not named:
        return

    def changed() -> None:
        one = named.get(str(_value("subcampaign")))
        before = choice.current()
        bare = before.but(themes=(), from_day=None, to_day=None) if before.subcampaign else before
        choice.write(one.within(before) if one else bare)

    st.selectbox(
        filter_name("subcampaign"),
        [ALL, *named],
        format_func=lambda code: named[code].label(chosen.lang) if code else _("Tous les événements"),
        key=_set("subcampaign", chosen.subcampaign or ALL),
        on_change=changed,
        placeholder=filter_name("subcampaign"),
    )


def _dates(chosen: Filters) -> None:
    def changed(name: str) -> None:
        day = _value(name)
        picked = day if isinstance(day, date) else None
        before = choice.current()
        after = before.but(from_day=picked) if name == "from" else before.but(to_day=picked)
        if after.from_day and after.to_day and after.to_day < after.from_day:
            after = after.but(to_day=None) if name == "from" else after.but(from_day=None)
        choice.write(after)

    first, last = _days(chosen)
    for name, shown in (("from", chosen.from_day), ("to", chosen.to_day)):
        st.date_input(
            filter_name(name),
            value=None,
            min_value=first,
            max_value=last,
            key=_set(name, shown),
            on_change=changed,
            args=(name,),
            format="DD/MM/YYYY",
        )


def _days(chosen: Filters) -> tuple[date, date]:
    """Return the days to choose from: those of the edition's year, so that the calendar opens there."""
    if chosen.edition is None:
        return FIRST_DAY, LAST_DAY
    asked = [day for day in (chosen.from_day, chosen.to_day) if day]
    return min([date(chosen.edition, 1, 1), *asked]), max([date(chosen.edition, 12, 31), *asked])


def _search(chosen: Filters) -> None:
    def changed() -> None:
        words = str(_value("q") or "").strip()
        choice.write(choice.current().but(q=words or None))

    st.text_input(
        filter_name("q"),
        key=_set("q", chosen.q or ""),
        on_change=changed,
        max_chars=200,
        placeholder=_("Titre, organisateur, commune"),
    )


def _place(chosen: Filters, page: str) -> None:
    place_field.text_field(chosen, "filter_near")
    if chosen.near:
        place_field.radius_field(chosen, "filter_radius_km")
    said = place_field.offers(page, chosen)
    if said:
        st.html(said)


def _unit(chosen: Filters) -> None:
    def changed() -> None:
        choice.write(choice.current().but(unit=_value("unit")))

    st.selectbox(
        filter_name("unit"),
        list(UNITS),
        format_func=lambda unit: labels.capitalised(labels.unit(unit)),
        key=_set("unit", chosen.unit),
        on_change=changed,
        placeholder=filter_name("unit"),
    )
