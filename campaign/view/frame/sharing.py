"""« Partager » and « Agrandir » at a drawing: assets/share.js fills one dialog when it is opened, and shows a drawing alone."""

from html import escape
from typing import Final

import orjson

from campaign.core.language import _

ANCHOR: Final = "dessin"


def anchor(name: str) -> str:
    """Return the name by which an address leads to a drawing of the page."""
    return f"{ANCHOR}-{name}"


def buttons(name: str = "", frame: str | None = None, *, is_enlarged: bool = True) -> str:
    """Return the buttons of a drawing; `frame` is the address of its frame for other sites, if it has one."""
    enlarge = (
        f'<button type="button" data-enlarge data-close="{escape(_("Réduire"))}">{escape(_("Agrandir"))}</button> '
        if is_enlarged
        else ""
    )
    attributes = f' data-anchor="{escape(anchor(name))}"' if name else ""
    attributes += f' data-frame="{escape(frame)}"' if frame else ""
    share = f'<button type="button" data-share aria-haspopup="dialog"{attributes}>{escape(_("Partager"))}</button> '
    return f'<span class="drawing-tools">{enlarge}{share}</span>'


def words() -> str:
    """Return the words of the dialog, once for a page."""
    dialog_words = {
        "heading": _("Partager ce dessin"),
        "address": _("Adresse"),
        "picture": _("Image et nombres"),
        "frame": _("Cadre à coller dans un site"),
        "copy": _("Copier"),
        "done": _("Copié"),
        "send": _("Envoyer…"),
        "close": _("Fermer"),
    }
    return f'<div class="share-words" hidden data-words="{escape(orjson.dumps(dialog_words).decode())}"></div>'
