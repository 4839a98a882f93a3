"""What can be written now: true sentences, drawings to take away, how to cite them."""

import streamlit as st

from campaign import store
from campaign.analysis.figures import gather
from campaign.core.language import _
from campaign.statements.sentences import ready
from campaign.view.components import figures, lead
from campaign.view.frame import choice
from campaign.view.open_data import parts
from campaign.view.press import pictures, room, tables

chosen = choice.current()
chosen_figures = gather(chosen)
totals = store.query("event_totals", **chosen.params()).one

sentence = lead.sentence(chosen, totals)
figures.answer("press", sentence, room.footnote(chosen_figures, sentence))
room.warnings(chosen_figures, choice.local("cite"))
if chosen_figures.total == 0:
    figures.empty("press", chosen)
sentences = [*ready(chosen_figures)]
room.top(chosen_figures, sentences[0] if sentences else None)
figures.cards(room.today_cards(chosen_figures))

figures.heading(
    _("Phrases prêtes"), _("Chaque phrase dit son chiffre, son territoire, sa source, sa date et son état.")
)
room.ready(sentences[1:])

figures.heading(_("Angle local"), _("Des faits vrais, du plus rare au plus commun, chacun recomptable."))
room.local_angle(chosen)

figures.heading(
    _("Dessins à emporter"), _("Chaque image porte son titre, son unité, sa source, sa date et sa licence.")
)
pictures.drawings(chosen_figures)
with st.expander(_("Cadres à coller dans un autre site")):
    parts.embeds(chosen)

figures.heading(
    _("Dossier de presse"),
    _("Fiche d'une page (PDF accessible), phrases, carte, dessins, tableaux, méthode, manifeste."),
)
room.kit(chosen)

figures.heading(_("Citer ce chiffre"), _("Le lien daté rouvre le même nombre plus tard."))
room.citation(chosen_figures)

figures.heading(_("Région par région"))
tables.by_region(chosen_figures)
tables.by_departement(chosen_figures)

figures.heading(
    _("Chiffres publiés qui ont changé"), _("Ce qui avait été publié, ce qui l'a remplacé, quand et pourquoi.")
)
room.corrections(chosen)
figures.source_line(chosen)
