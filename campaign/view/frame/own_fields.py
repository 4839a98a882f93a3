"""The fields of filters that the sidebar draws in a way of their own: edition, territory, sub-campaign, days, words, place, unit."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from campaign.core.language import _
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import FIRST_DAY, LAST_DAY, UNITS, Filters, codes, filter_name, subcampaigns
from campaign.filters.subcampaigns import within
from campaign.store import catalog
from campaign.view.frame import choice, controls, place_field
from campaign.wording import labels
from campaign.wording.numbers import ordinal

ALL: Final = ""


def _edition(chosen: Filters, _page: str) -> None:
    years = [str(year) for year in sorted(codes().counted_editions, reverse=True)]
    selected = str(chosen.edition) if chosen.edition else ALL
    if selected != ALL and selected not in years:
        years.insert(0, selected)
    names = catalog.labels("edition")

    def name(year: str) -> str:
        if year == ALL:
            return _("Toutes les éditions")
        number = int(names[year].parents[0]) if year in names else 0
        return _("{year} ({rank} édition)", year=year, rank=ordinal(number)) if number > 0 else year

    def changed(year: str) -> None:
        before = choice.latest()
        after = before.moved_to(*([int(year)] if year else []))
        if before.subcampaign:  # the same one of that edition, else none: its days are those of its own edition
            subcampaign = subcampaigns.chosen(before.subcampaign, after.edition)
            after = within(subcampaign, after) if subcampaign else after.replace(themes=(), from_day=None, to_day=None)
        choice.write(after)

    options = [*years, ALL]
    st.selectbox(
        filter_name("edition"),
        options,
        index=options.index(selected),
        format_func=name,
        placeholder=filter_name("edition"),
        **controls.bound("filter_edition", selected, changed, options=(options, chosen.lang)),
    )


def _territory(chosen: Filters, _page: str) -> None:
    def changed_nomenclature(year: int | None) -> None:
        if year is None:  # the active segment was clicked again
            return
        before = choice.latest()
        known = codes().regions[year]
        choice.write(before.replace(nomenclature=year, regions=tuple(r for r in before.regions if r in known)))

    def changed_region(code: str) -> None:
        choice.write(choice.latest().replace(regions=(code,) if code else (), departements=()))

    def changed_departement(code: str) -> None:
        before = choice.latest()
        if not code:
            choice.write(before.replace(departements=()))
            return
        parents = catalog.labels("departement")[
            code
        ].parents  # picked before the list was cut to a region picked just now
        regions = before.regions if not before.regions or set(before.regions) & set(parents) else ()
        choice.write(before.replace(departements=(code,), regions=regions))

    st.segmented_control(
        filter_name("nomenclature"),
        NOMENCLATURES,
        default=chosen.nomenclature,
        format_func=lambda year: _("Régions de 2014") if year == 2014 else _("Depuis 2016"),
        width="stretch",
        **controls.bound("filter_nomenclature", chosen.nomenclature, changed_nomenclature, options=chosen.lang),
    )
    regions = catalog.labels(f"region_{chosen.nomenclature}")
    options = [ALL, *regions]
    st.selectbox(
        filter_name("region"),
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
    selected = chosen.departements[0] if len(chosen.departements) == 1 else ALL
    if selected != ALL and selected not in departements:
        departements[selected] = catalog.labels("departement")[selected]
    options = [ALL, *departements]
    st.selectbox(
        filter_name("departement"),
        options,
        index=options.index(selected),
        format_func=lambda code: f"{departements[code].text} ({code})" if code else _("Tous les départements"),
        placeholder=_("Choisir un département"),
        **controls.bound("filter_departement", selected, changed_departement, options=(options, chosen.lang)),
    )


def _subcampaign(chosen: Filters, _page: str) -> None:
    named = {one.code: one for one in subcampaigns.offered() if one.edition == chosen.edition}
    if not named:
        return

    def changed(code: str) -> None:
        one = named.get(code)
        before = choice.latest()
        bare = before.replace(themes=(), from_day=None, to_day=None) if before.subcampaign else before
        choice.write(within(one, before) if one else bare)

    selected = chosen.subcampaign or ALL
    options = [ALL, *named]
    st.selectbox(
        filter_name("subcampaign"),
        options,
        index=options.index(selected),
        format_func=lambda code: named[code].label(chosen.lang) if code else _("Tous les événements"),
        placeholder=filter_name("subcampaign"),
        **controls.bound("filter_subcampaign", selected, changed, options=(options, chosen.lang)),
    )


def _dates(chosen: Filters, _page: str) -> None:
    def changed_from(day: Any) -> None:
        after = choice.latest().replace(from_day=day if isinstance(day, date) else None)
        choice.write(after.replace(to_day=None) if _is_backwards(after) else after)

    def changed_to(day: Any) -> None:
        after = choice.latest().replace(to_day=day if isinstance(day, date) else None)
        choice.write(after.replace(from_day=None) if _is_backwards(after) else after)

    first, last = _days(chosen)
    for name, chosen_day, changed in (("from", chosen.from_day, changed_from), ("to", chosen.to_day, changed_to)):
        # a default would leave nothing to clear; within other bounds it is another control
        st.date_input(
            filter_name(name),
            value=None,
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            **controls.bound(f"filter_{name}", chosen_day, changed, options=(first, last), has_default=False),
        )


def _is_backwards(chosen: Filters) -> bool:
    return bool(chosen.from_day and chosen.to_day and chosen.to_day < chosen.from_day)


def _days(chosen: Filters) -> tuple[date, date]:
    """Return the days to choose from: those of the edition's year, so that the calendar opens there."""
    if chosen.edition is None:
        return FIRST_DAY, LAST_DAY
    days = [day for day in (chosen.from_day, chosen.to_day) if day]
    return min([date(chosen.edition, 1, 1), *days]), max([date(chosen.edition, 12, 31), *days])


def _search(chosen: Filters, _page: str) -> None:
    st.text_input(
        filter_name("q"),
        chosen.q.text if chosen.q else "",
        max_chars=200,
        placeholder=_("Titre, organisateur, commune"),
        **controls.bound("filter_q", chosen.q.text if chosen.q else "", place_field.search, means=str.strip),
    )


def _place(chosen: Filters, page: str) -> None:
    place_field.text_field(chosen, "filter_near")
    if chosen.near:
        place_field.radius_field(chosen, "filter_radius_km")
    offers = place_field.offers(page, chosen)
    if offers:
        st.html(offers)


def _unit(chosen: Filters, _page: str) -> None:
    def changed(unit: str) -> None:
        choice.write(choice.latest().replace(unit=unit))

    st.selectbox(
        filter_name("unit"),
        list(UNITS),
        index=UNITS.index(chosen.unit),
        format_func=lambda unit: labels.capitalised(labels.unit(unit)),
        placeholder=filter_name("unit"),
        **controls.bound("filter_unit", chosen.unit, changed, options=chosen.lang),
    )


# Filters that are drawn in a way of their own; région and département with the nomenclature, the last day with the first,
# the radius with the place.
OWN_FIELDS: Final[Mapping[str, Callable[[Filters, str], None]]] = {
    "edition": _edition,
    "nomenclature": _territory,
    "subcampaign": _subcampaign,
    "from": _dates,
    "q": _search,
    "near": _place,
    "unit": _unit,
}
