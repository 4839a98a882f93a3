"""Who publishes this, under which licences, and what becomes of personal data?"""

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _
from campaign.view import legal_notice
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.view.open_data import parts

figures.answer("legal", _("Qui publie ce tableau de bord, sous quelles licences, et ce qu'il garde de vous."))
legal_notice.draw()
figures.heading(_("Licences des événements"), _("Une ligne par source importée."))
parts.licences(moment.licences(choice.current()))
legal_notice.reference(store.query("sources"))
figures.source_line(choice.current())
