"""What a choice counts, in words: the noun of its figures, and the filters that narrow them."""

from campaign import catalog, store
from campaign.filters import Filters
from campaign.language import _
from campaign.wording import labels
from campaign.wording.dates import day_name, period
from campaign.wording.nouns import event_type
from campaign.wording.quantities import clauses, listed, quoted
from campaign.wording.territories import around


def noun(chosen: Filters, n: int) -> str:
    """Return what is counted, agreeing with n: "événements", "ateliers", "sessions"."""
    if chosen.unit == "events" and len(chosen.types) == 1:
        return event_type(chosen.types[0], n)
    return labels.unit(chosen.unit, n)


def scope(chosen: Filters) -> str:
    """Return the filters that the noun and the territory do not say; "" without any."""
    parts: list[str] = []
    if chosen.types and (len(chosen.types) > 1 or chosen.unit != "events"):
        parts.append(listed(event_type(code) for code in chosen.types))
    if chosen.themes:
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
    if chosen.near:
        parts.append(around(chosen.near.name, chosen.radius_km))
    if chosen.as_of:
        parts.append(_("inscrits au {day}", day=day_name(chosen.as_of)))
    return clauses(parts) if parts else ""
