"""What the quality page and the account of an import say about each kind of finding, and what to do about it.

Kinds that reading a file can yield carry their own texts (campaign/intake/reasons.py); those of the build stand here.
"""

from typing import TYPE_CHECKING, Final

from campaign.language import _, mark

if TYPE_CHECKING:
    from campaign.intake.reasons import Reason

KINDS: Final = {
    "outside_101": (
        mark("Hors des 101 départements"),
        mark("Rien à faire : l'événement est gardé et compté, sans région."),
    ),
    "outside_france": (
        mark("Hors de France"),
        mark("Vérifiez le pays et les coordonnées."),
    ),
    "coordinates_swapped": (
        mark("Latitude et longitude inversées"),
        mark("Elles ont été remises dans l'ordre : corrigez la source."),
    ),
    "coordinates_unusable": (
        mark("Coordonnées inutilisables"),
        mark("Vérifiez le repère sur la carte de la source."),
    ),
    "place_conflict": (
        mark("Lieux contradictoires"),
        mark("La commune l'emporte : vérifiez l'adresse et le repère."),
    ),
    "commune_unrecognised": (
        mark("Commune non reconnue"),
        mark("Vérifiez l'orthographe de la commune et le code postal."),
    ),
    "unlocated": (
        mark("Sans lieu"),
        mark("Ajoutez la commune et le code postal, ou indiquez que l'événement a lieu en ligne."),
    ),
    "outside_campaign": (
        mark("Hors campagne"),
        mark("Vérifiez les dates : l'événement est gardé, mais pas compté."),
    ),
    "outside_window": (
        mark("Hors de la période de l'édition"),
        mark("Vérifiez les dates : l'événement est compté dans l'édition demandée."),
    ),
    "unpublished": (
        mark("Non publié"),
        mark("Publiez-le dans la source pour qu'il soit compté."),
    ),
    "repeated_in_import": (
        mark("Répété dans le même import"),
        mark("Le dernier est gardé : supprimez les autres dans la source."),
    ),
    "type_unknown": (
        mark("Type inconnu"),
        mark("Choisissez un type dans la source, ou complétez la table de correspondance."),
    ),
    "duplicate": (
        mark("Doublon possible"),
        mark("Comparez les deux événements, et supprimez l'un des deux dans la source s'ils sont le même."),
    ),
}

# Short forms, for a sentence: "3 lignes rejetées (12, 40, 41 : date absente)".
REJECTIONS: Final = {
    "title_missing": mark("titre absent"),
    "date_missing": mark("date absente"),
    "date_unreadable": mark("date illisible"),
    "not_an_event": mark("élément non reconnu"),
    "event_unreadable": mark("élément illisible"),
}


def finding(kind: str) -> str:
    """Return what a kind of finding is; a kind that is not known is shown as its code."""
    if kind in KINDS:
        return _(KINDS[kind][0])
    reason = _of_reading(kind)
    return kind if reason is None else reason.label


def remedy(kind: str) -> str:
    """Return what to do about a kind of finding; "" if it is not known."""
    if kind in KINDS:
        return _(KINDS[kind][1])
    reason = _of_reading(kind)
    return "" if reason is None else reason.remedy


def rejection(reason: str) -> str:
    """Return the short form of a rejected record's reason, for `sentences.account`; its code if there is none."""
    return _(REJECTIONS[reason]) if reason in REJECTIONS else reason


def _of_reading(kind: str) -> "Reason | None":
    from campaign.intake.reasons import REASONS  # here, so that the readers are loaded only where their kinds are shown

    return REASONS.get(kind)
