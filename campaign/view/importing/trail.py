"""Who did what: the latest lines of the trail of actions, for coordinators alone."""

from collections.abc import Sequence
from typing import Final

from campaign.core.language import _
from campaign.publish import actions
from campaign.publish.trail import Entry
from campaign.view.components import figures
from campaign.view.components.tables import Cell, Column
from campaign.wording.dates import moment_name
from campaign.wording.numbers import number

MOST: Final = 30


def draw(entries: Sequence[Entry]) -> None:
    """Draw the latest actions, the last first; nothing before there is one."""
    if not entries:
        return
    figures.heading(_("Qui a fait quoi"), _("Cette liste n'est montrée qu'aux coordinateurs."))
    figures.table(
        [
            Column(_("Quand"), "when"),
            Column(_("Qui"), "by"),
            Column(_("Ce qui a été fait"), "action"),
            Column(_("Sur quoi"), "what"),
        ],
        [
            {
                "when": Cell(moment_name(entry.at)),
                "by": Cell(entry.by),
                "action": Cell(actions.action(entry)),
                "what": Cell(actions.object_of(entry)),
            }
            for entry in entries[:MOST]
        ],
        caption=_("Qui a fait quoi"),
        css="lines stacked",
    )
    if len(entries) > MOST:
        figures.note(_("Les {n} dernières ; toutes : campaign history --trail.", n=number(MOST)))
