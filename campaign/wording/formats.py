"""By what a file was recognised, in the reader's language: campaign/intake says it in French, part by part."""

import re
from typing import Final

from campaign.core.language import gettext, mark

_PARTS: Final = tuple(
    (
        re.compile(
            re.escape(text)
            .replace(r"\{", "{")
            .replace(r"\}", "}")
            .replace("{n}", r"(?P<n>\d+)")
            .replace("{name}", "(?P<name>.+)")
        ),
        text,
    )
    for text in (
        mark("texte en lignes et colonnes"),
        mark("texte"),
        mark("une phrase par événement"),
        mark("ou page de notes"),
        mark("il commence par BEGIN:VCALENDAR"),
        mark("fichier Parquet"),
        mark("classeur Excel d'avant 2007"),
        mark("classeur Excel"),
        mark("classeur OpenDocument"),
        mark("classeur"),
        mark("document Word"),
        mark("export WordPress"),
        mark("fil Atom"),
        mark("fil RSS"),
        mark("page web"),
        mark("événements schema.org"),
        mark("lue comme un tableau"),
        mark("lu comme un tableau"),
        mark("lues comme un tableau"),
        mark("liste lue comme un tableau"),
        mark("champs de la {name}"),
        mark("champs d'Opendatasoft ({name})"),
        mark("une ligne JSON par événement OpenAgenda"),
        mark("une ligne JSON par événement"),
        mark("description d'un agenda et de ses champs"),
        mark("export JSON de ce tableau de bord"),
        mark("réponse de l'API OpenAgenda v3 (data, pagination)"),
        mark("liste « events » d'OpenAgenda"),
        mark("événements OpenAgenda"),
        mark("Événements OpenAgenda"),
        mark("champs de l'agenda : {name}"),
        mark("Enregistrements Opendatasoft {name}"),
        mark("types devinés : ce jeu n'en donne pas"),
        mark("enregistrements {name}"),
        mark("export OpenAgenda"),
        mark("calendrier iCalendar"),
        mark("{n} séances"),
        mark("séparateur point-virgule"),
        mark("séparateur virgule"),
        mark("séparateur tabulation"),
        mark("séparateur tilde"),
        mark("séparateur accent circonflexe"),
        mark("séparateur barre"),
        mark("en-tête ligne {n}"),
        mark("sans en-tête"),
        mark("feuille « {name} »"),
        mark("année {n} d'après le nom de la feuille"),
        mark("année {n} d'après une ligne au-dessus de l'en-tête"),
        mark("année {n} d'après l'édition demandée"),
        mark("année {n} d'après le nom du fichier"),
        mark("lieu d'après le nom de la feuille"),
    )
)
_BETWEEN: Final = re.compile(r"( ; |, (?![^(]*\))(?![^«]*»))")


def why(text: str) -> str:
    """Return by what a file was recognised; a part that is a name of its own, « CSV », stands as it is."""
    return "".join(_part(part) for part in _BETWEEN.split(text))


def _part(text: str) -> str:
    if text == " ; ":
        return gettext(" ; ")
    for pattern, french in _PARTS:
        if found := pattern.fullmatch(text):
            return gettext(french, **found.groupdict())
    return text
