"""The note of the week of the reader's territory, unfolded on demand: what `campaign digest` writes, and its files."""

from html import escape
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from campaign.core.language import _
from campaign.core.settings import settings
from campaign.exports.files import LOCAL_ADDRESS
from campaign.filters import Filters, urls
from campaign.report import digest as notes
from campaign.report.digest import Part
from campaign.view.components import figures, lead
from campaign.view.frame.literal import literal

OPEN: Final = "weekly_note"


def draw(chosen: Filters, edition: int) -> None:
    """Draw the note of an edition and the territory of a choice, once the reader unfolds it: it takes many queries."""
    place = lead.place_of(own := chosen.only("regions", "nomenclature", "as_of", "lang", editions=(edition,)))
    label = _("La note de la semaine {place}", place=place.inside) if place else _("La note de la semaine")
    unfolded = st.expander(literal(label), key=OPEN, on_change="rerun")
    if not unfolded.open:
        return
    last_day = notes.latest_day(own)
    with unfolded:
        note = notes.digest(own, last_day, "")
        figures.heading(note.title, note.opening)
        st.html("".join(map(_part_html, note.parts)))
        figures.note(note.closing)
        taken = notes.digest(own, last_day, _site())
        name = notes.name_of(own, last_day)
        left, right, _rest = st.columns([1, 1, 2])
        left.download_button(
            _("Note (texte)"), notes.text(taken), f"{name}.txt", "text/plain", key="note_txt", on_click="ignore"
        )
        right.download_button(
            _("Note (HTML)"), notes.html(taken), f"{name}.html", "text/html", key="note_html", on_click="ignore"
        )


def _site() -> str:
    """Return where the links of a file that is taken away lead."""
    seen = urlsplit(st.context.url or "")
    here = f"{seen.scheme}://{seen.netloc}" if seen.netloc else LOCAL_ADDRESS
    return settings().public_url.rstrip("/") or here


def _part_html(part: Part) -> str:
    lines = "".join(
        f"<li>{urls.anchor(line.href, line.text) if line.href else escape(line.text)}</li>" for line in part.lines
    )
    return f"<h3>{escape(part.title)}</h3>" + (f"<ul>{lines}</ul>" if lines else f"<p>{escape(part.empty)}</p>")
