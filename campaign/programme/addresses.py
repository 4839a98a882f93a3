"""`/programme.pdf` and `/programme.txt`: the programme of the shared filters; few are made at a time, each is kept."""

import threading
from datetime import date
from functools import lru_cache
from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign import store
from campaign.api.about import file_name
from campaign.api.answering import Asked, Public
from campaign.errors import StoreError
from campaign.filters import Filters
from campaign.language import current
from campaign.programme.listing import programme
from campaign.programme.sheet import pdf
from campaign.programme.text import text
from campaign.settings import settings

MEDIA_TYPES: Final = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}
AT_ONCE: Final = 2
PATIENCE_S: Final = 20.0

_making = threading.BoundedSemaphore(AT_ONCE)


def answer(asked: Asked) -> Response:
    """Return the programme of the filters as PDF or text."""
    extension = asked.request.url.path.rpartition(".")[2]
    chosen = asked.filters()
    headers = {"Content-Disposition": f'inline; filename="{name_of(chosen, extension)}"'}
    return Response(made(extension, chosen, asked.base_url), media_type=MEDIA_TYPES[extension], headers=headers)


def made(extension: str, chosen: Filters, base_url: str) -> bytes:
    """Return the file in the current language, kept as long as the event file and the day stay.

    At most AT_ONCE are made at a time; raises StoreError for who has waited PATIENCE_S.
    """
    if not _making.acquire(timeout=PATIENCE_S):
        raise StoreError("Trop de programmes sont demandés à la fois.", "Réessayez dans une minute.")
    try:
        return _made(store.reader(), current(), settings().current_day(), extension, chosen, base_url)
    finally:
        _making.release()


@lru_cache(maxsize=32)
def _made(_reader: store.Reader, _language: str, _day: date, extension: str, chosen: Filters, base_url: str) -> bytes:
    found = programme(chosen, base_url)
    return pdf(found) if extension == "pdf" else text(found).encode()


def name_of(chosen: Filters, extension: str) -> str:
    """Return the file's name, `mois-ess-2014-bretagne-programme-20141112.pdf`."""
    return file_name(chosen, extension).replace("-evenements-", "-programme-")


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [Route(f"/programme.{extension}", Public(answer)) for extension in MEDIA_TYPES]
