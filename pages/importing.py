"""What would these files bring, and shall it be published?"""

from campaign import store
from campaign.core.settings import settings
from campaign.publish import trail
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.view.importing import access, duplicate_pairs, followed_sources, last_import, sent_files
from campaign.view.importing import trail as trail_table
from campaign.view.quality import findings

chosen = choice.current()
person = access.person()

figures.answer("import", access.sentence(person), access.details(person))
access.show_notice()
access.door(person)
if person is not None and person.is_coordinator:
    with trail.acting(person.author):
        sent_files.draw()
        followed_sources.draw(person)
        last_import.undo(store.query("imports"), person)
        pairs = store.query("duplicate_pairs", chosen=findings.territory(chosen), limit=duplicate_pairs.MOST + 1)
        duplicate_pairs.proposed(chosen, pairs)
        duplicate_pairs.decided(store.query("duplicate_decisions"))
    trail_table.draw(trail.entries(settings().db))
