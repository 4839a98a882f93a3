"""A data set of the Opendatasoft API, version 2.1: records by pages, or a JSON export; changes by its field of modification."""

import re
from collections.abc import Iterator
from typing import Any, Final

import httpx

from campaign.core.settings import settings
from campaign.follow.fetcher import Answer, Fetcher
from campaign.follow.lists import ListSource, json_of
from campaign.follow.problems import PassingError, SourceError
from campaign.follow.reading import Record, Tally, Wanted

ADDRESS: Final = re.compile(r"/api/explore/v2\.\d/catalog/datasets/[^/]+/(records|exports/json)/?$")
PAGE_SIZE: Final = 100  # the most that the API gives
DEEPEST: Final = 10_000  # records that can be reached page by page; beyond there is the export
MODIFIED: Final = "updatedat"
IDENTIFIER: Final = "uid"


def _pages(fetcher: Fetcher, wanted: Wanted, since: str | None) -> Iterator[list[Record]]:
    url = wanted.source.address
    params = url.params
    if since is not None:
        given = params.get("where")
        changed = f"{MODIFIED} >= date'{since}'"
        params = params.set("where", f"({given}) and {changed}" if given else changed)
    parsed = _records_of(wanted)
    if "exports/json" in url.path:
        records, _total = fetcher.get(url.copy_with(params=params), parsed)
        yield records
        return
    offset = 0
    for _number in range(settings().follow_pages):
        page_params = params.set("limit", str(PAGE_SIZE)).set("offset", str(offset))
        records, total = fetcher.get(url.copy_with(params=page_params), parsed)
        if total is not None and total > DEEPEST:
            export = url.copy_with(path=re.sub(r"/records/?$", "/exports/json", url.path), params=params)
            records, _total = fetcher.get(export, parsed)
            yield records
            return
        offset += len(records)
        yield records
        if not records or (total is not None and offset >= total) or (total is None and len(records) < PAGE_SIZE):
            break
    else:
        raise SourceError("too_many_pages", limit=settings().follow_pages)
    if total is not None and offset < total:
        raise SourceError("cut_short")


def _records_of(wanted: Wanted) -> Any:
    parsed = json_of(wanted)

    def records_of(answer: Answer) -> tuple[list[Record], int | None]:
        page = parsed(answer)
        records = page.get("results") if isinstance(page, dict) else page
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise PassingError("cut_short")
        total = page.get("total_count") if isinstance(page, dict) else None
        return records, total if isinstance(total, int) else None

    return records_of


KIND: Final = ListSource(
    pages=_pages,
    tally=lambda _wanted: Tally(id_field=IDENTIFIER, modified_field=MODIFIED),
    around=lambda _fetcher, _wanted: ({}, None),
    list_name="results",
)


def is_address(url: httpx.URL) -> bool:
    """Tell whether an address is that of a data set's records, or of their export in JSON."""
    return bool(ADDRESS.search(url.path))
