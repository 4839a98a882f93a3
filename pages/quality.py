"""What is wrong in the data, and where?"""

from campaign import store
from campaign.view import choice, figures, quality

chosen = choice.current()
kinds = store.query("findings_by_kind")
kind = quality.known_kind(choice.local("kind"), kinds)
listed = store.query("findings_of_kind", kind=kind, limit=quality.MOST) if kind else None

figures.answer("quality", quality.sentence(kinds), quality.details())
quality.table(chosen, kinds, kind)
if kind and listed is not None:
    quality.listing(chosen, kind, listed)
quality.imports(store.query("imports"))
