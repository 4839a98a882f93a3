"""How did the campaign grow, and who says so?"""

from campaign import store
from campaign.analysis import editions as over_time
from campaign.view import editions
from campaign.view.components import figures
from campaign.view.frame import choice

chosen = choice.current()
every_edition = chosen.replace(editions=(), from_day=None, to_day=None)
by_edition = store.query("events_by_edition", **every_edition.params())
is_demo = store.query("file_status").one["is_demo"]

figures.answer("editions", over_time.sentence())
editions.drawing(chosen)
editions.table()
editions.counted(every_edition.replace(editions=chosen.editions), by_edition, is_demo=is_demo)
figures.source_line(every_edition)
