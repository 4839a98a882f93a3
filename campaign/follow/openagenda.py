"""An agenda of the OpenAgenda API, version 2 or 3: pages by `after`, changes by `updatedAt[gte]`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from campaign.core.settings import settings
from campaign.follow.fetcher import Fetcher
from campaign.follow.lists import ListSource, json_of
from campaign.follow.problems import PassingError, SourceError
from campaign.follow.reading import Record, Tally, Wanted

ADDRESS: Final = re.compile(r"/v[23]/agendas/(?:slug/)?[^/]+/events/?$")
PAGE_SIZE: Final = 300  # the most that the API gives


def _pages(fetcher: Fetcher, wanted: Wanted, since: str | None) -> Iterator[list[Record]]:
    url = wanted.source.address
    params = url.params
    # in the order of their changes, so that one that is changed meanwhile comes again at the end instead of being missed
    for key, value in (("detailed", "1"), ("size", str(PAGE_SIZE)), ("sort", "updatedAt.asc")):
        if key not in params:
            params = params.set(key, value)
    if since is not None:
        params = params.set("updatedAt[gte]", since)
    size = int(params["size"]) if params["size"].isdigit() else PAGE_SIZE
    n_read = 0
    after: list[str] = []
    seen: set[str] = set()
    total: int | None = None
    for _number in range(settings().follow_pages):
        page_params = params
        for mark in after:
            page_params = page_params.add("after[]", mark)
        page = fetcher.get(url.copy_with(params=page_params), _page_of(wanted))
        records: list[Record] = page["events"]
        total = page["total"] if isinstance(page.get("total"), int) else None
        n_read += len(records)
        yield records
        following = page.get("after") or (page.get("pagination") or {}).get("after") or []
        after = [
            "" if mark is None else str(mark) for mark in (following if isinstance(following, list) else [following])
        ]
        is_short = len(records) < size if total is None else n_read >= total
        if not records or is_short or not after or repr(after) in seen:
            break
        seen.add(repr(after))
    else:
        raise SourceError("too_many_pages", limit=settings().follow_pages)
    if total is not None and n_read < total:
        raise SourceError("cut_short")


def _page_of(wanted: Wanted) -> Any:
    parsed = json_of(wanted)

    def page_of(answer: Any) -> dict[str, Any]:
        page = parsed(answer)
        if isinstance(page, dict) and page.get("success") is False:
            raise SourceError("unreadable")
        events = page.get("events", page.get("data")) if isinstance(page, dict) else None
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise PassingError("cut_short")
        return {**page, "events": events}

    return page_of


def _around(fetcher: Fetcher, wanted: Wanted) -> tuple[Mapping[str, Any], str | None]:
    """Return the agenda's description, which gives the labels of its own fields, where it is given."""
    url = wanted.source.address
    described = url.copy_with(path=re.sub(r"/events/?$", "", url.path), params={})
    try:
        description = fetcher.get(described, json_of(wanted))
    except PassingError:
        raise
    except SourceError as error:
        if error.code in ("not_found", "key_refused"):
            return {}, None
        raise
    if not isinstance(description, dict):
        return {}, None
    uid = description.get("uid")
    has_fields = isinstance(description.get("schema"), dict)
    return ({"agenda": {"uid": uid, "schema": description["schema"]}} if has_fields else {}), str(uid) if uid else None


KIND: Final = ListSource(
    pages=_pages,
    tally=lambda _wanted: Tally(id_field="uid", modified_field="updatedAt"),
    around=_around,
    list_name="events",
)


def is_address(url: httpx.URL) -> bool:
    """Tell whether an address is that of an agenda's events."""
    return bool(ADDRESS.search(url.path))
