"""A programme as a file: few are made at a time, each is kept."""

import threading
from datetime import date
from typing import Final

from campaign import store
from campaign.analysis.about import file_name
from campaign.core.errors import StoreError
from campaign.core.language import current, say
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.programme.listing import programme
from campaign.programme.sheet import pdf
from campaign.programme.text import text

AT_ONCE: Final = 2
PATIENCE_S: Final = 20.0

_making = threading.BoundedSemaphore(AT_ONCE)


def content(extension: str, chosen: Filters, base_url: str) -> bytes:
    """Return the file in the current language, kept as long as the event file and the day stay.

    At most AT_ONCE are made at a time; raises StoreError for who has waited PATIENCE_S.
    """
    if not _making.acquire(timeout=PATIENCE_S):
        raise StoreError(say("Trop de programmes sont demandés à la fois."), say("Réessayez dans une minute."))
    try:
        return _content(store.reader().identity, current(), settings().current_day(), extension, chosen, base_url)
    finally:
        _making.release()


@store.cached_per_file(maxsize=32)
def _content(
    _file: store.Identity, _language: str, _day: date, extension: str, chosen: Filters, base_url: str
) -> bytes:
    territory_programme = programme(chosen, base_url)
    return pdf(territory_programme) if extension == "pdf" else text(territory_programme).encode()


def name_of(chosen: Filters, extension: str) -> str:
    """Return the file's name, `<slug>-2014-bretagne-programme-20141112.pdf`."""
    return file_name(chosen, extension).replace("-evenements-", "-programme-")
