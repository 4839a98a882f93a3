"""Which sources are followed, and is each of them up to date?"""

from campaign.follow.statuses import statuses
from campaign.view import sources
from campaign.view.components import figures
from campaign.view.frame import choice

followed = statuses()

figures.answer("sources", sources.sentence(followed), sources.details(followed))
sources.wrong(followed)
sources.table(followed)
figures.source_line(choice.current())
