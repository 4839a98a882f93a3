"""How do I take this view away as data?"""

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.view.open_data import parts

chosen = choice.current()
totals = store.query("event_totals", **chosen.replace(unit="events").params()).one
file = store.query("file_status").one

figures.answer("data", parts.sentence(chosen, totals["total"]), parts.reuse(), of=chosen)
parts.addresses(chosen, totals["total"])
parts.whole(chosen, file)
parts.calls(chosen)
parts.embeds(chosen)
parts.dictionary()
figures.heading(_("Licences"), _("Chaque ligne de chaque export porte sa source et sa licence."))
parts.licences(moment.licences(chosen))
figures.source_line(chosen)
