"""The pages: path, key of the label, script. The address of a page is `/<path>`; the overview's is `/`."""

from dataclasses import dataclass
from typing import Final

from campaign.core.settings import settings


@dataclass(frozen=True)
class PageEntry:
    """One page of the menu; `group` is the row of the menu, main (for all), steering (for coordinators) or foot (of the page)."""

    key: str
    path: str
    script: str
    group: str


PAGES: Final = (
    PageEntry("overview", "", "overview.py", "main"),
    PageEntry("map", "carte", "event_map.py", "main"),
    PageEntry("regions", "regions", "regions.py", "main"),
    PageEntry("types", "types", "event_types.py", "main"),
    PageEntry("editions", "editions", "editions.py", "main"),
    PageEntry("agenda", "agenda", "agenda.py", "main"),
    PageEntry("press", "presse", "press.py", "main"),
    PageEntry("pace", "rythme", "pace.py", "steering"),
    PageEntry("coverage", "couverture", "coverage.py", "steering"),
    PageEntry("calendar", "calendrier", "heat_calendar.py", "steering"),
    PageEntry("compare", "comparer", "compare.py", "steering"),
    PageEntry("organisers", "organisateurs", "organisers.py", "steering"),
    PageEntry("records", "records", "records.py", "steering"),
    PageEntry("quality", "qualite", "quality.py", "steering"),
    PageEntry("sources", "sources", "sources.py", "steering"),
    PageEntry("data", "donnees", "open_data.py", "main"),
    PageEntry("methods", "methode", "methods.py", "main"),
    PageEntry("accessibility", "accessibilite", "accessibility.py", "foot"),
    PageEntry("legal", "mentions-legales", "legal_notice.py", "foot"),
)

# For coordinators who sign in; without the settings for that it does not exist.
IMPORT: Final = PageEntry("import", "import", "importing.py", "steering")


def shown() -> tuple[PageEntry, ...]:
    """Return the pages that exist with these settings, in the order of the menu."""
    return (*PAGES, IMPORT) if settings().has_signin else PAGES


def paths() -> frozenset[str]:
    """Return the paths of these pages."""
    return frozenset(page.path for page in shown())


def by_key(key: str) -> PageEntry:
    """Return the page of that key; KeyError if there is none."""
    for page in (*PAGES, IMPORT):
        if page.key == key:
            return page
    raise KeyError(key)
