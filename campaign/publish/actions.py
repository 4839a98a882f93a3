"""What the trail of actions says, in words."""

from collections.abc import Callable
from typing import Final

from campaign.core.language import _, mark
from campaign.publish.trail import Entry
from campaign.wording.quantities import counted

ACTIONS: Final = {
    "import": mark("Import n° {id} publié"),
    "undo": mark("Imports annulés depuis le n° {id}"),
    "restore": mark("Sauvegarde remise en place"),
    "duplicate_accepted": mark("Doublon accepté"),
    "duplicate_refused": mark("Doublon refusé"),
    "duplicate_undone": mark("Décision sur un doublon retirée"),
    "corrected": mark("Événement corrigé"),
    "correction_undone": mark("Correction retirée"),
    "corrections_brought": mark("Corrections reprises d'un fichier"),
    "organiser_joined": mark("Organisateur rattaché"),
    "organiser_apart": mark("Organisateur séparé"),
    "organiser_undone": mark("Décision sur un organisateur retirée"),
    "follow_added": mark("Source suivie"),
    "follow_removed": mark("Source plus suivie"),
    "follow_paused": mark("Source mise en pause"),
    "follow_resumed": mark("Source reprise"),
    "sync": mark("Synchronisation publiée"),
    "let_through": mark("Synchronisation publiée, doutes levés"),
}

_COUNTS: Final[dict[str, Callable[[int], str]]] = {
    "new": lambda n: counted(n, "événement nouveau", "événements nouveaux"),
    "updated": lambda n: counted(n, "événement mis à jour", "événements mis à jour"),
    "withdrawn": lambda n: counted(n, "événement retiré", "événements retirés"),
    "removed": lambda n: counted(n, "événement retiré", "événements retirés"),
    "restored": lambda n: counted(n, "événement remis comme avant", "événements remis comme avant"),
}


def action(entry: Entry) -> str:
    """Return what was done, as a person says it; an action that is not known, by another version, by its code."""
    return _(ACTIONS[entry.action], id=entry.import_id) if entry.action in ACTIONS else entry.action


def object_of(entry: Entry) -> str:
    """Return to what it was done: the source and its files, the events of a pair, the imports that were taken back."""
    numbers = ", ".join(f"n° {row['import_id']}" for row in entry.undone)
    files = ", ".join(entry.files)
    counts = ", ".join(_COUNTS[name](n) for name, n in entry.counts.items() if n and name in _COUNTS)
    return " · ".join(filter(None, (entry.source, files if files != entry.source else "", numbers, counts, entry.what)))


def in_words(entry: Entry) -> str:
    """Return both in one text."""
    return "\n".join(filter(None, (action(entry), object_of(entry))))
