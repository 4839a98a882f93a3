"""What can be written now: true sentences, drawings to take away, how to cite them."""

from campaign import store
from campaign.analysis.figures import gather
from campaign.core.language import _
from campaign.statements.sentences import ready
from campaign.view import choice, figures, open_data, overview, press, press_tables

chosen = choice.current()
found = gather(chosen)
totals = store.query("event_totals", **chosen.params()).one

sentence = overview.sentence(chosen, totals)
figures.answer("press", sentence, press.footnote(found, sentence))
press.warnings(found, choice.local("cite"))
if found.total == 0:
    figures.empty("press", chosen)
figures.cards(press.today_cards(found))

figures.heading(
    _("Phrases prêtes"), _("Chaque phrase dit son chiffre, son territoire, sa source, sa date et son état.")
)
press.ready(ready(found))

figures.heading(_("Angle local"), _("Des faits vrais, du plus rare au plus commun, chacun recomptable."))
press.local_angle(chosen)

figures.heading(
    _("Dessins à emporter"), _("Chaque image porte son titre, son unité, sa source, sa date et sa licence.")
)
press.drawings(found)
open_data.embeds(chosen)

figures.heading(
    _("Dossier de presse"),
    _("Fiche d'une page (PDF accessible), phrases, carte, dessins, tableaux, méthode, manifeste."),
)
press.kit(chosen)

figures.heading(_("Citer ce chiffre"), _("Le lien daté rouvre le même nombre plus tard."))
press.citation(found)

figures.heading(_("Région par région"))
press_tables.by_region(found)
press_tables.by_departement(found)

figures.heading(
    _("Chiffres publiés qui ont changé"), _("Ce qui avait été publié, ce qui l'a remplacé, quand et pourquoi.")
)
press.corrections(chosen)
figures.source_line(chosen)
