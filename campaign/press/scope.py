"""What a choice counts, in words: the noun of its figures, and the filters that narrow them."""

from typing import Final

from campaign.filters import Filters, all_filters
from campaign.language import _, ngettext
from campaign.wording import labels
from campaign.wording.nouns import event_type
from campaign.wording.quantities import clauses

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
    parts = [said for declared in all_filters() if (said := declared.said(chosen))]
    return clauses(parts) if parts else ""
