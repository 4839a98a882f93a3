"""How is it counted, and where does it come from?"""

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _
from campaign.view import methods
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.wording.dates import data_as_of

status = store.query("file_status").one

figures.answer(
    "methods",
    _("Chaque nombre dit ce qu'il compte, d'où il vient et de quand il date."),
    f"{_('Démonstration') if status['is_demo'] else _('Événements importés')}, {data_as_of(moment.data_date(choice.current()))}.",
)
methods.draw(status["is_demo"])
methods.sources(store.query("sources"))
figures.source_line(choice.current())
