"""What would these files bring, and shall it be published?"""

from campaign import store
from campaign.view import choice, figures, importing

chosen = choice.current()
person = importing.person()

figures.answer("import", importing.sentence(person), importing.details(person))
if person is None or not person.is_coordinator:
    importing.door(person)
else:
    importing.form(person)
    importing.undo(store.query("imports"))
