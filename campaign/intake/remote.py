"""An agenda read from its address: the pages of an OpenAgenda API, or one file. Only on request, by `campaign import`."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import orjson

from campaign.core.errors import IntakeError
from campaign.intake import scratch as working

PAGE_SIZE: Final = 300  # the most that the API gives
MOST_PAGES: Final = 10_000
ATTEMPTS: Final = 4
WAIT_SECONDS: Final = 0.5  # before the second attempt, then twice as long each time
TIMEOUT: Final = httpx.Timeout(30, connect=10)
_API: Final = re.compile(r"/v\d/agendas/(?:slug/)?[^/]+/events/?$")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_AGAIN: Final = (429, 500, 502, 503, 504)


def fetch(address: str, scratch: Path, *, largest: int) -> tuple[Path, str]:
    """Write what an address gives to a file in `scratch`; return it, and a name without the address's secrets.

    The pages of an OpenAgenda API become one document, with the agenda's description if it is to be had. Raises IntakeError
    when the address cannot be read, or gives more than `largest` bytes.
    """
    try:
        url = httpx.URL(re.sub(r"^(?i:(https?)):/(?!/)", r"\1://", address))
    except httpx.InvalidURL as error:
        raise IntakeError("Cette adresse est mal écrite.", "Copiez-la de nouveau.") from error
    name = f"{url.host}{url.path}"
    if url.scheme != "https" and url.host not in _LOOPBACK:
        raise IntakeError(f"{name} : l'adresse doit commencer par https://.", "Une adresse http:// n'est pas sûre.")
    if url.host == "docs.google.com" and (sheet := re.match(r"/spreadsheets/d/(?!e/)([\w-]+)(?!.*/export)", url.path)):
        raise IntakeError(
            f"{name} est la page d'un tableur Google Sheets, pas le tableau lui-même.",
            f"Donnez son export : https://docs.google.com/spreadsheets/d/{sheet[1]}/export?format=csv",
        )
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", url.path.strip("/").rsplit("/", 1)[-1]) or "document"
    path = working.new_file(scratch, "fetched", f"-{stem}")
    headers = {"user-agent": "campaign-import"}
    with httpx.Client(
        timeout=TIMEOUT, follow_redirects=True, headers=headers, event_hooks={"request": [_refuse_plain]}
    ) as client:
        if _API.search(url.path):
            _write_pages(client, url, path, largest, name)
        else:
            _write_file(client, url, path, largest, name)
    return path, name


def _refuse_plain(request: httpx.Request) -> None:
    """Keep a redirection from leaving https."""
    if request.url.scheme != "https" and request.url.host not in _LOOPBACK:
        raise IntakeError(f"{request.url.host} : la redirection quitte https.", "Donnez l'adresse finale, en https://.")


def _write_file(client: httpx.Client, url: httpx.URL, path: Path, largest: int, name: str) -> None:
    try:
        with client.stream("GET", url) as answer, path.open("wb") as target:
            _expect_success(answer, name)
            n_bytes = 0
            for block in answer.iter_bytes():
                n_bytes += len(block)
                if n_bytes > largest:
                    raise IntakeError(f"{name} est trop grand.", "Téléchargez-le, et ne gardez que l'édition voulue.")
                target.write(block)
    except httpx.HTTPError as error:
        raise _unreachable(name, error) from error


def _write_pages(client: httpx.Client, url: httpx.URL, path: Path, largest: int, name: str) -> None:
    """Write the events of all pages as one document, a page at a time."""
    with path.open("wb") as target:
        agenda = _agenda(client, url)
        target.write(b'{"agenda":' + orjson.dumps(agenda) + b',"events":[' if agenda else b'{"events":[')
        separator = b""
        n_bytes = 0
        for events in _pages(client, url, name):
            text = b",".join(orjson.dumps(event) for event in events)
            n_bytes += len(text)
            if n_bytes > largest:
                raise IntakeError(
                    f"{name} est trop grand.", "Limitez l'adresse à une édition (timings[gte], timings[lte])."
                )
            target.write(separator + text)
            separator = b","
        target.write(b"]}")


def _pages(client: httpx.Client, url: httpx.URL, name: str) -> Iterator[list[Any]]:
    """Yield the events of each page: an empty or a short page is the last, whatever it says comes after."""
    params = url.params
    for key, value in (("detailed", "1"), ("size", str(PAGE_SIZE))):
        if key not in params:
            params = params.set(key, value)
    size = int(params["size"]) if params["size"].isdigit() else PAGE_SIZE
    after: list[str] = []
    seen: set[str] = set()
    for _number in range(MOST_PAGES):
        asked = params
        for mark in after:
            asked = asked.add("after[]", mark)
        page = _json(client, url.copy_with(params=asked), name)
        events = page.get("events", page.get("data"))
        if not isinstance(events, list):
            raise IntakeError(
                f"{name} ne répond pas une liste d'événements.", "Vérifiez l'agenda et la clé de l'adresse."
            )
        if events:
            yield events
        following = page.get("after") or page.get("pagination", {}).get("after") or []
        after = [str(mark) for mark in (following if isinstance(following, list) else [following])]
        if len(events) < min(size, PAGE_SIZE) or not after or repr(after) in seen:
            return
        seen.add(repr(after))
    raise IntakeError(f"{name} a plus de {MOST_PAGES} pages.", "Limitez l'adresse à une édition.")


def _agenda(client: httpx.Client, url: httpx.URL) -> dict[str, Any] | None:
    """Return the agenda's description, which gives the labels of its own fields; None if it is not given."""
    described = url.copy_with(
        path=re.sub(r"/events/?$", "", url.path), params={k: v for k, v in url.params.items() if k == "key"}
    )
    try:
        answer = client.get(described)
        found = answer.json() if answer.is_success else None
    except (httpx.HTTPError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("schema"), dict) else None


def _json(client: httpx.Client, url: httpx.URL, name: str) -> dict[str, Any]:
    for attempt in range(ATTEMPTS):
        try:
            answer = client.get(url)
            if answer.status_code not in _AGAIN or attempt == ATTEMPTS - 1:
                break
        except httpx.TransportError as error:
            if attempt == ATTEMPTS - 1:
                raise _unreachable(name, error) from error
        time.sleep(WAIT_SECONDS * 2**attempt)
    _expect_success(answer, name)
    try:
        page = orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise IntakeError(f"{name} ne répond pas du JSON.", "Vérifiez l'adresse dans un navigateur.") from error
    if not isinstance(page, dict):
        raise IntakeError(f"{name} ne répond pas une liste d'événements.", "Vérifiez l'agenda et la clé de l'adresse.")
    return page


def _expect_success(answer: httpx.Response, name: str) -> None:
    if answer.is_success:
        return
    remedies = {401: "Vérifiez la clé.", 403: "Vérifiez la clé.", 404: "Vérifiez l'agenda.", 429: "Attendez un peu."}
    raise IntakeError(
        f"{name} répond une erreur ({answer.status_code}).", remedies.get(answer.status_code, "Essayez plus tard.")
    )


def _unreachable(name: str, error: httpx.HTTPError) -> IntakeError:
    return IntakeError(f"{name} ne répond pas ({type(error).__name__}).", "Vérifiez l'adresse et la connexion.")
