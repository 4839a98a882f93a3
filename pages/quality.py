"""What is wrong in the data, and where?"""

from campaign import store
from campaign.filters import codes
from campaign.view.components import figures, weekly_note
from campaign.view.frame import choice
from campaign.view.importing import access
from campaign.view.quality import changes, corrections, findings

chosen = choice.current()
territory = findings.territory(chosen)
kinds = store.query("findings_by_kind", chosen=territory)
kind = findings.known_kind(choice.local("kind"), kinds)
imports = changes.until(chosen, store.query("imports"))
import_id = changes.known_import(choice.local("import"), imports)

figures.answer("quality", findings.sentence(chosen, kinds), findings.details(chosen))
access.show_notice()
findings.todo(chosen, kinds)
findings.table(chosen, kinds, kind)
if kind == "duplicate":
    findings.pairs(chosen, store.query("duplicate_pairs", chosen=territory, limit=findings.MOST))
elif kind:
    listed = store.query("findings_listed", chosen=territory, kind=kind, limit=findings.MOST, with_unpublished=False)
    findings.listing(chosen, kind, listed, kinds)
person = access.person()
is_coordinator = person is not None and person.is_coordinator
corrections.draw(chosen, store.query("corrections", lang=chosen.lang, with_unpublished=is_coordinator), person)
findings.matrix(chosen, store.query("completeness_by_chamber", chosen=territory.replace(editions=chosen.editions)))
if import_id is not None:
    changes.by_chamber(
        chosen, imports, import_id, store.query("import_changes_by_chamber", chosen=territory, import_id=import_id)
    )
    changes.listing(
        chosen,
        store.query(
            "import_changes", chosen=territory, import_id=import_id, limit=findings.MOST, with_unpublished=False
        ),
    )
changes.imports(chosen, imports, import_id)
if edition := chosen.edition or codes().current_edition:
    weekly_note.draw(chosen, edition)
