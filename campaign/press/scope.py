"""What a choice counts, in words: the noun of its figures, and the filters that narrow them."""

from typing import Final

from campaign import catalog, store
from campaign.filters import Filters
from campaign.language import _, ngettext
from campaign.steering import subcampaigns
from campaign.wording import labels
from campaign.wording.dates import day_name, period
from campaign.wording.nouns import event_type
from campaign.wording.quantities import clauses, listed, quoted

FEMININE_TYPES: Final = ("conference", "visite-entreprise", "sensibilisation-scolaire", "portes-ouvertes")


def noun(chosen: Filters, n: int) -> str:
    """Return what is counted, agreeing with n: "événements", "ateliers", "sessions"."""
    if chosen.unit == "events" and len(chosen.types) == 1:
        return event_type(chosen.types[0], n)
    if chosen.unit == "days":
        return ngettext("jour d'événement", "jours d'événement", n)
    return labels.unit(chosen.unit, n)


def of_noun(chosen: Filters) -> str:
    """Return what is counted after "le nombre": "d'événements", "de conférences"."""
    many = noun(chosen, 2)
    return _("d'{noun}", noun=many) if many[0] in "aeiouyéèê" else _("de {noun}", noun=many)


def none_of(chosen: Filters) -> str:
    """Return "aucun événement", "aucune conférence"."""
    one = noun(chosen, 1)
    feminine = {labels.unit("sessions", 1), *(event_type(code, 1) for code in FEMININE_TYPES)}
    return _("aucune {noun}", noun=one) if one in feminine else _("aucun {noun}", noun=one)


def scope(chosen: Filters) -> str:
    """Return the filters that the noun and the territory do not say; "" without any."""
    parts: list[str] = []
    if chosen.types and (len(chosen.types) > 1 or chosen.unit != "events"):
        parts.append(listed(event_type(code) for code in chosen.types))
    if chosen.subcampaign:
        parts.append(subcampaigns.name_of(chosen))
    elif chosen.themes:
        parts.append(_("thème : {names}", names=listed(catalog.label("theme", code) for code in chosen.themes)))
    if chosen.attendance_modes:
        modes = listed(labels.attendance_mode(mode).lower() for mode in chosen.attendance_modes)
        parts.append(_("participation : {modes}", modes=modes))
    if chosen.organisers:
        names = [store.query("organiser_name", code=code).one["name"] for code in chosen.organisers]
        parts.append(_("organisateur : {names}", names=listed(names)))
    if chosen.from_day or chosen.to_day:
        parts.append(period(chosen.from_day, chosen.to_day))
    if chosen.q:
        parts.append(_("recherche : {text}", text=quoted(chosen.q)))
    if chosen.as_of:
        parts.append(_("inscrits au {day}", day=day_name(chosen.as_of)))
    return clauses(parts) if parts else ""
