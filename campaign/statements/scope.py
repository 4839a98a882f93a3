"""What a choice counts, in words: the noun of its figures, and the filters that narrow them."""

from typing import Final

from campaign.core.language import _, ngettext
from campaign.filters import Filters, all_filters
from campaign.filters.declaration import Filter
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.nouns import event_type
from campaign.wording.numbers import number
from campaign.wording.quantities import clauses, listed

LONGEST: Final = 100  # characters of filters in a sentence


def noun(chosen: Filters, n: float) -> str:
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
    feminine = {labels.unit("sessions", 1), *(event_type(code, 1) for code in names.feminine_types())}
    return _("aucune {noun}", noun=one) if one in feminine else _("aucun {noun}", noun=one)


def in_words(chosen: Filters) -> str:
    """Return every filter of a choice, from the edition on, in words; "" for all events of all editions."""
    parts = [words for declared in all_filters() if (words := declared.clause_for(chosen))]
    return clauses(parts) if parts else ""


def names_a_place(chosen: Filters) -> bool:
    """Whether a choice says where: then « tout se passe en Bretagne » would only repeat it."""
    return bool(chosen.collectivities) or any(each.is_territory and each.is_active(chosen) for each in all_filters())


def unsaid(chosen: Filters, text: str) -> str:
    """Return the filters of a choice that a text about it does not say yet, by name, noun or place; "" where it says all."""
    parts = _unsaid(chosen, text)
    return clauses(parts) if parts else ""


def briefly_unsaid(chosen: Filters, text: str) -> str:
    """Return what `unsaid` does, or how many filters there are where that would be longer than the sentence about them."""
    words, parts = unsaid(chosen, text), _unsaid(chosen, text)
    if len(words) <= LONGEST:
        return words
    return ngettext("avec {n} filtre", "avec {n} filtres", len(parts), n=number(len(parts)))


def _unsaid(chosen: Filters, text: str) -> list[str]:
    return [words for declared in all_filters() if (words := declared.unsaid(chosen, text))]


def left_aside(chosen: Filters, used: Filters, *, with_places: bool = True) -> str:
    """Return which filters of a choice a drawing or document did not use, in words; "" where it used all.

    Those of places are left out on a drawing that says that it is of the country.
    """
    chosen = chosen.replace(subcampaign=None)  # its themes and days are looked at one by one
    declared_ones = [each for each in all_filters() if with_places or not each.is_territory]
    parts = [words for declared in declared_ones for words in _left(declared, chosen, used)]
    return _("sans tenir compte de ce choix : {filters}", filters=listed(parts)) if parts else ""


def _left(declared: Filter, chosen: Filters, used: Filters) -> list[str]:
    if not declared.clause or declared.name == "edition" or declared.value(chosen) == declared.value(used):
        return []
    return [words for words, _rest in declared.active(chosen)]
