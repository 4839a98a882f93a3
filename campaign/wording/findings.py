"""What the quality page and the account of an import say about each kind of finding, and what to do about it.

Kinds that reading a file can yield carry their own texts (campaign/wording/reasons.py); those of the build stand here.
"""

from typing import TYPE_CHECKING, Final

from campaign.core.language import _, mark
from campaign.wording import fields

if TYPE_CHECKING:
    from campaign.wording.reasons import Reason

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
        mark("Vérifiez la commune, le code postal, l'adresse et le repère : ils ne désignent pas le même lieu."),
    ),
    "commune_unrecognised": (
        mark("Commune non reconnue"),
        mark("Vérifiez l'orthographe de la commune et le code postal."),
    ),
    "commune_ambiguous": (
        mark("Plusieurs communes possibles"),
        mark("Donnez le code INSEE de la commune, ou son département : le nom et le code postal ne suffisent pas."),
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
        mark(
            "Vérifiez les dates : avec --edition, l'événement compte dans cette édition ; seul de son année dans un fichier, "
            "il est gardé, mais pas compté."
        ),
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
        mark(
            "Comparez les deux événements : acceptez le doublon (il ne compte plus) ou refusez-le. Les deux comptent d'ici là."
        ),
    ),
    "pile_up": (
        mark("Trop d'événements sur un même point"),
        mark("Un repère par défaut ? Placez chaque événement à son adresse dans la source."),
    ),
    "sessions_overlap": (
        mark("Des sessions se chevauchent"),
        mark("Vérifiez les horaires : deux sessions d'un même événement ont lieu en même temps."),
    ),
    "begins_at_night": (
        mark("Commence entre 1 h et 6 h du matin"),
        mark("Vérifiez l'heure : « 3 h » est-il 15 h ? Rien à faire si l'événement a bien lieu la nuit."),
    ),
    "longer_than_a_day": (
        mark("Une session dure plus de 24 heures"),
        mark("Donnez une session par jour, avec ses heures, ou vérifiez la date de fin."),
    ),
    "month_long": (
        mark("Dure un mois ou plus"),
        mark("Donnez les jours d'ouverture comme autant de sessions, ou vérifiez la date de fin."),
    ),
    "title_in_capitals": (
        mark("Titre en capitales"),
        mark("Écrivez le titre en minuscules, avec les capitales d'usage."),
    ),
    "html_in_text": (
        mark("Du code HTML est resté dans un texte"),
        mark("Enlevez les balises (<p>, &nbsp;…) du titre ou de la description dans la source."),
    ),
    "correction_without_event": (
        mark("Correction sans événement"),
        mark(
            "La source n'a plus cet événement, ou ne l'a pas encore : la correction l'attend. Retirez-la s'il ne revient pas."
        ),
    ),
    "correction_redundant": (
        mark("Correction devenue inutile"),
        mark("La source dit maintenant la même chose : retirez la correction."),
    ),
    "correction_source_changed": (
        mark("La source a changé depuis la correction"),
        mark("La correction l'emporte toujours : vérifiez qu'elle vaut encore, sinon retirez-la."),
    ),
    "withdrawn": (
        mark("Retiré de sa source"),
        mark(
            "Rien à faire s'il a été supprimé : il est gardé, ni montré ni compté. Il revient avec l'import qui le contient."
        ),
    ),
    "absent_from_import": (
        mark("Absent du dernier import de sa source"),
        mark("S'il a été supprimé, importez l'export complet avec --full : il ne comptera plus. Sinon, rien à faire."),
    ),
}

NOT_UNDERSTOOD: Final = "value_not_understood"  # made by the macro intake_unread, whose detail is « field: value »

# Whose detail is a part of what was written.
QUOTED: Final = frozenset(
    {NOT_UNDERSTOOD, "date_ambiguous", "hour_unreadable", "timezone_unknown", "commune_unrecognised"}
)

# Why two events may be the same.
PAIRS: Final = {
    "same": mark("même titre, même moment, même lieu"),
    "link": mark("même page, même jour"),
    "agenda": mark("titre voisin dans un autre agenda, même jour, même lieu"),
    "near": mark("titre voisin, même moment, même lieu"),
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


def quoting(kind: str, text: str | None) -> str:
    """Return what a finding is, with the value that was not understood where its detail is one."""
    if text is None or kind not in QUOTED:
        return finding(kind)
    return f"{finding(kind).rstrip('.')} ({detail(kind, text)})"


def detail(kind: str, text: str | None) -> str:
    """Return what a finding is about, in the reader's language: of a value that was not understood, its field and itself."""
    field, value = misread(text) if kind == NOT_UNDERSTOOD else (None, text)
    return f"{fields.name_of(field)}\u00a0: {value}" if field else text or ""


def misread(text: str | None) -> tuple[str | None, str]:
    """Return the field and the value that `value_not_understood` keeps in its detail (« created_at: demain »)."""
    field, separator, value = (text or "").partition(": ")
    return (field, value) if separator and field in fields.NAMES else (None, text or "")


def pair_reason(code: str) -> str:
    """Return why two events may be the same."""
    return _(PAIRS[code])


def rejection(reason: str) -> str:
    """Return the short form of a rejected record's reason, for `sentences.account`; its code if there is none."""
    return _(REJECTIONS[reason]) if reason in REJECTIONS else reason


def _of_reading(kind: str) -> "Reason | None":
    from campaign.wording.reasons import REASONS

    return REASONS.get(kind)
