"""Cells of dates, hours and lengths that hold a word for nothing: an empty mark, or one for what is still to come."""

import re
import unicodedata
from typing import Final

from campaign.intake.dates.lengths import Note

_LONGEST: Final = 45  # characters of such a word
_EMPTY: Final = re.compile(
    r"x{2,}|n\W{0,2}[acrd]|n\W{0,2}s\W{0,2}p|nan|nat|null|nil|none|neant|aucune?s?|rien|sans(?: objet)?"
    r"|s\W{0,2}o|undefined|inconnue?s?|vide"
    r"|non (?:communique|renseigne|precise|defini|disponible|connu|applicable|concerne)e?s?|\\n"
)
_TO_COME: Final = re.compile(
    r"(?:(?:les? |la |l')?(?:dates?|heures?|horaires?|creneaux?|durees?|fin|debut)(?: de (?:debut|fin))? ?:? ?)?"
    r"(?:(?:est |sont |reste )?(?:encore )?(?:a|en attente de) (?:venir|preciser|definir|confirmer|determiner|completer|fixer)"
    r"|en attente|en cours(?: de (?:definition|programmation))?|tb[acd]"
    r"|to be (?:announced|confirmed|defined|determined)|bientot|prochainement)"
)
_ERROR: Final = re.compile(r"#(?:n/?a|n/d|ref|value|valeur|name|nom|div/0|null|nul|num|nombre)[!?]?", re.IGNORECASE)


def clear(kind: str, text: str | None) -> tuple[str | None, list[Note]]:
    """Return a cell, None if it holds a word for nothing; and a finding of a kind if it says that its value is still to come."""
    if not text or len(text) > _LONGEST or text[:1].isdecimal():
        return text, []
    if _is_to_come(text):
        return None, [(kind, text)]
    return (None if _is_empty(text) else text), []


def without_empty(texts: list[str]) -> list[str]:
    """Return the cells that hold more than a mark of an empty one."""
    return [text for text in texts if clear("", text)[0] or _is_to_come(text)]


def _is_empty(text: str) -> bool:
    """Tell whether a cell holds a mark that stands for an empty one: « NULL », « N/A », « n. c. », « sans objet », « - »."""
    words = _bare(text)
    return not words or bool(_EMPTY.fullmatch(words))


def _is_to_come(text: str) -> bool:
    """Tell whether a cell says that its value is missing still: « à préciser », « ? », an error of a spreadsheet."""
    is_asked = re.fullmatch(r"[\W_]*\?[\W_]*", text)
    return bool(_ERROR.fullmatch(text.strip()) or is_asked or _TO_COME.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    """Return a text without case, accents, and the signs around it."""
    letters = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    words = "".join(c for c in letters if not unicodedata.combining(c)).lower()
    return " ".join(words.split()).strip(" ()[]<>{}\"'.,;:!-_*/–—…«»")
