"""Drawings to take away: which ones the press page shows, what each is called, its picture with its files."""

from html import escape
from typing import Final

import streamlit as st

from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.drawings.catalogue import DRAWINGS
from campaign.filters import Filters, urls

# Drawings of the page, in order, by what the choice is about.
SHOWN: Final = {
    "country": ("carte", "editions", "types", "jours", "carte-departements", "chiffres-publies"),
    "region": ("carte", "regions", "editions", "types"),
    "departement": ("carte", "editions", "types", "jours"),
    "other": ("carte", "editions", "types", "jours"),
}


def titles() -> dict[str, str]:
    """Return what each drawing is, in words."""
    return {
        "carte": _("Carte"),
        "editions": _("Éditions"),
        "regions": _("Régions"),
        "departements": _("Départements"),
        "types": _("Types"),
        "jours": _("Jours"),
        "types-editions": _("Types par édition"),
        "carte-departements": _("Carte des départements"),
        "chiffres-publies": _("Chiffres publiés"),
        "carte-points": _("Carte des lieux"),
        "carte-taux": _("Carte des régions, pour 100 000 habitants"),
        "carte-departements-taux": _("Carte des départements, pour 100 000 habitants"),
        "regions-taux": _("Régions, pour 100 000 habitants"),
        "regions-editions": _("Régions par édition"),
        "types-regions": _("Types par région"),
        "calendrier": _("Calendrier"),
        "rythme": _("Rythme"),
        "couverture": _("Carte de la couverture"),
        "couverture-lieux": _("Où un événement de plus"),
        "ecart": _("D'où vient l'écart"),
        "carte-evolution": _("Carte des hausses et des baisses"),
        "familles": _("Familles d'organisateurs"),
        "organisateurs-taille": _("Organisateurs par taille"),
        "records": _("Records"),
    }


N_TOP: Final = 2  # drawings beside the first sentence


def drawings(figures: Figures) -> None:
    """Draw the pictures of the choice, each with its files in every format and size."""
    chosen = figures.chosen
    names = titles()
    items = [picture(name, chosen) for name in SHOWN[figures.level][N_TOP:]]
    others = "".join(
        f"<li>{escape(names[name])} : "
        + " ".join(_download(href, words) for words, href in files(name, chosen))
        + "</li>"
        for name in DRAWINGS
        if name not in SHOWN[figures.level]
    )
    st.html(
        f'<div class="press-drawings">{"".join(items)}</div><details class="press-others">'
        f"<summary>{escape(_('Tous les autres dessins'))}</summary><ul>{others}</ul></details>"
    )


def picture(name: str, chosen: Filters) -> str:
    """Return the picture of a drawing with its files, as HTML."""
    address = urls.api(f"/figures/{name}.png", chosen)
    links = "".join(f"<li>{_download(href, words)}</li>" for words, href in files(name, chosen))
    title = titles()[name]
    alt = escape(_("{name} : les mêmes nombres sont dans le CSV ci-dessous", name=title))
    return (
        f'<figure class="press-drawing"><img src="{escape(address)}" alt="{alt}" loading="lazy" width="1000" height="700">'
        f'<figcaption><span class="unseen">{escape(title)}</span><ul class="press-files">{links}</ul></figcaption></figure>'
    )


def files(name: str, chosen: Filters) -> list[tuple[str, str]]:
    """Return the files of a drawing: words and address."""
    return [
        (_("PNG A4"), urls.api(f"/figures/{name}.png", chosen)),
        (_("PNG réseaux sociaux (1200 × 675)"), urls.api(f"/figures/{name}.png", chosen, size="social")),
        (_("PNG carré"), urls.api(f"/figures/{name}.png", chosen, size="square")),
        (_("SVG"), urls.api(f"/figures/{name}.svg", chosen)),
        (_("CSV"), urls.api(f"/figures/{name}.csv", chosen)),
    ]


def _download(href: str, words: str) -> str:
    return f'<a href="{escape(href)}" download>{escape(words)}</a>'
