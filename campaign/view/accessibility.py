"""The accessibility statement, in the order of the form that the French référentiel (RGAA) gives."""

from html import escape

import streamlit as st

from campaign.core.language import _
from campaign.core.settings import settings


def statements() -> list[tuple[str, str]]:
    """Return each matter of the statement with what there is to say of it."""
    given = settings()
    return [
        (
            _("État de conformité"),
            _(
                "Non conforme au RGAA 4.1, au sens de ce référentiel : aucun audit complet de ses critères n'a été mené. "
                "Ce qui suit dit ce qui a été vérifié, par des essais automatiques à chaque version."
            ),
        ),
        (
            _("Ce qui a été essayé"),
            _(
                "Chaque page, en français et en anglais, en clair et en sombre, à 1 440 et à 360 pixels de large, avec les "
                "règles d'axe-core pour les WCAG 2.2, niveaux A et AA, dans Chromium ; chaque page à 320 pixels et avec un "
                "texte plus espacé ; les chemins au clavier du menu, des filtres et de la carte des régions ; l'impression."
            ),
        ),
        (
            _("Ce qui n'a pas été essayé"),
            _(
                "Aucun essai par des personnes handicapées, ni avec NVDA, JAWS ou VoiceOver. Les règles automatiques ne voient "
                "qu'une partie des obstacles."
            ),
        ),
        (
            _("Contenus qui ne sont pas accessibles"),
            _(
                "La couche « Densité » de la carte se dessine avec WebGL et ne se parcourt pas au clavier : la carte des lieux, "
                "l'agenda et les tableaux donnent les mêmes événements. Les textes des événements sont ceux de leurs organisateurs."
            ),
        ),
        (
            _("Autres formes"),
            _(
                "Chaque dessin a un tableau ou une phrase qui dit la même chose. Les événements se lisent aussi en texte, en "
                "tableur et en calendrier, par les liens d'export de chaque page. La fiche de presse et le programme sont "
                "des PDF balisés."
            ),
        ),
        (
            _("Signaler un obstacle"),
            _(
                "Écrivez à l'éditeur : {contact}. Dites l'adresse de la page, ce que vous vouliez faire et votre équipement ; "
                "il vous doit une réponse et une autre façon d'obtenir l'information.",
                contact=given.contact,
            )
            if given.contact
            else _("L'éditeur de ce site n'a pas encore donné d'adresse à laquelle lui écrire (n. c.)."),
        ),
        (
            _("Voies de recours"),
            _(
                "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits, en ligne, par courrier gratuit (Libre "
                "réponse 71120, 75342 Paris Cedex 07) ou auprès de ses délégués."
            ),
        ),
    ]


def draw() -> None:
    """Draw the statement."""
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in statements())
    st.html(f'<dl class="facts prose">{terms}</dl>')
