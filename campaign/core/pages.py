"""The pages: path, key of the label, script. The address of a page is `/<path>`; the overview's is `/`."""

from dataclasses import dataclass
from typing import Final

from campaign.core.settings import settings


@dataclass(frozen=True)
class PageEntry:
    """One page; `door` is the part of the menu that it stands under, foot the foot of the page."""

    key: str
    path: str
    script: str
    door: str


# The doors of the menu, each opening on its first page.
DOORS: Final = ("find", "understand", "follow", "press", "data")

PAGES: Final = (
    PageEntry("agenda", "agenda", "agenda.py", "find"),
    PageEntry("map", "carte", "event_map.py", "find"),
    PageEntry("overview", "", "overview.py", "understand"),
    PageEntry("regions", "regions", "regions.py", "understand"),
    PageEntry("types", "types", "event_types.py", "understand"),
    PageEntry("editions", "editions", "editions.py", "understand"),
    PageEntry("compare", "comparer", "compare.py", "understand"),
    PageEntry("coverage", "couverture", "coverage.py", "understand"),
    PageEntry("organisers", "organisateurs", "organisers.py", "understand"),
    PageEntry("records", "records", "records.py", "understand"),
    PageEntry("pace", "rythme", "pace.py", "follow"),
    PageEntry("calendar", "calendrier", "heat_calendar.py", "follow"),
    PageEntry("quality", "qualite", "quality.py", "follow"),
    PageEntry("sources", "sources", "sources.py", "follow"),
    PageEntry("press", "presse", "press.py", "press"),
    PageEntry("data", "donnees", "open_data.py", "data"),
    PageEntry("methods", "methode", "methods.py", "data"),
    PageEntry("accessibility", "accessibilite", "accessibility.py", "foot"),
    PageEntry("legal", "mentions-legales", "legal_notice.py", "foot"),
)

# For coordinators who sign in; without the settings for that it does not exist.
IMPORT: Final = PageEntry("import", "import", "importing.py", "follow")


def visible() -> tuple[PageEntry, ...]:
    """Return the pages that exist with these settings, in the order of the menu."""
    return (*PAGES, IMPORT) if settings().has_signin else PAGES


def paths() -> frozenset[str]:
    """Return the paths of these pages."""
    return frozenset(page.path for page in visible())


def by_key(key: str) -> PageEntry:
    """Return the page of that key; KeyError if there is none."""
    for page in (*PAGES, IMPORT):
        if page.key == key:
            return page
    raise KeyError(key)
