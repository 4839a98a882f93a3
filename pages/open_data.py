"""How do I take this view away as data?"""

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _
from campaign.view import choice, figures, open_data

chosen = choice.current()
totals = store.query("event_totals", **chosen.but(unit="events").params()).one
file = store.query("file_status").one

figures.answer("data", open_data.sentence(chosen, totals["total"]), open_data.reuse())
open_data.addresses(chosen, totals["total"])
open_data.whole(chosen, file)
open_data.calls(chosen)
open_data.embeds(chosen)
open_data.dictionary()
figures.heading(_("Licences"), _("Chaque ligne de chaque export porte sa source et sa licence."))
open_data.licences(moment.licences(chosen))
figures.source_line(chosen)
