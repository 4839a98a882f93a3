"""What would these files bring, and shall it be published?"""

from campaign import store
from campaign.view import choice, figures, importing, importing_duplicates, importing_files, importing_past, quality

chosen = choice.current()
person = importing.person()

figures.answer("import", importing.sentence(person), importing.details(person))
importing.told()
importing.door(person)
if person is not None and person.is_coordinator:
    importing_files.draw()
    importing_past.undo(store.query("imports"))
    pairs = store.query("duplicate_pairs", chosen=quality.territory(chosen), limit=importing_duplicates.MOST + 1)
    importing_duplicates.proposed(chosen, pairs)
    importing_duplicates.decided(store.query("duplicate_decisions"))
