"""What is wrong in the data, and where?"""

from campaign import store
from campaign.view import choice, figures, quality, quality_changes

chosen = choice.current()
territory = quality.territory(chosen)
kinds = store.query("findings_by_kind", chosen=territory)
kind = quality.known_kind(choice.local("kind"), kinds)
imports = quality_changes.until(chosen, store.query("imports"))
import_id = quality_changes.known_import(choice.local("import"), imports)

figures.answer("quality", quality.sentence(chosen, kinds), quality.details(chosen))
quality.todo(chosen, kinds)
quality.table(chosen, kinds, kind)
if kind == "duplicate":
    quality.pairs(chosen, store.query("duplicate_pairs", chosen=territory, limit=quality.MOST))
elif kind:
    listed = store.query("findings_listed", chosen=territory, kind=kind, limit=quality.MOST, with_unpublished=False)
    quality.listing(chosen, kind, listed, kinds)
quality.matrix(chosen, store.query("completeness_by_chamber", chosen=territory.but(editions=chosen.editions)))
if import_id is not None:
    quality_changes.by_chamber(
        chosen, imports, import_id, store.query("import_changes_by_chamber", chosen=territory, import_id=import_id)
    )
    quality_changes.listing(
        chosen,
        store.query(
            "import_changes", chosen=territory, import_id=import_id, limit=quality.MOST, with_unpublished=False
        ),
    )
quality_changes.imports(chosen, imports, import_id)
