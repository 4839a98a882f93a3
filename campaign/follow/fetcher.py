"""What an address gives, fetched as a good citizen: revalidated, retried with patience, bounded in bytes, seconds and redirects.

The HTTP cache stands above the key: what is kept on disk, and whatever the library may log, never saw it.
"""

import logging
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import httpx
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from campaign.core.settings import settings
from campaign.follow import network
from campaign.follow.problems import PassingError, SourceError

RETRIES_S: Final = 45.0  # of failing attempts and waits, for one source; with the last attempt it stays below a minute
CONNECT_S: Final = 10.0
READ_S: Final = 15.0  # without a single byte
MOST_REDIRECTS: Final = 5
FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 10.0
PASSING: Final = (408, 425, 500, 502, 503, 504)
CACHE_BYTES: Final = 300 << 20
CACHE_DAYS: Final = 45
AGENT: Final = "campaign-sync"
# Headers that are read of an answer to a question with its key in the address.
TAKEN: Final = frozenset(
    (
        "age", "cache-control", "content-encoding", "content-length", "content-type", "date", "etag", "expires", "last-modified",
        "location", "retry-after", "transfer-encoding", "vary",
    )
)  # fmt: skip
MEGABYTE: Final = 1 << 20
# A copy that cannot be kept is no fault of a run, which tells by itself of a full disk: where nobody set up a log, the library's
# traces would go to the terminal.
logging.getLogger("hishel").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Answer:
    """What an address gave: a file, and the headers that it came with."""

    path: Path
    url: httpx.URL
    content_type: str

    @property
    def is_web_page(self) -> bool:
        """Whether it is HTML, by its first letters; what the header says of it is often wrong."""
        with self.path.open("rb") as source:
            head = source.read(2048).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<html" in head)


def open_cache(folder: Path) -> SqliteStorage:
    """Return the HTTP cache in a folder of its own, which can be deleted at any time; the library marks it as not for git."""
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteStorage(database_path=folder / "answers.db", max_size=CACHE_BYTES, default_ttl=CACHE_DAYS * 86400)


class _Keyed(httpx.BaseTransport):
    """Adds the key below the cache: as a header, and in the address only where the header alone is refused."""

    def __init__(
        self, inner: httpx.BaseTransport, followed: network.Origin, headers: Mapping[str, str], name: str
    ) -> None:
        self._inner = inner
        self._followed = followed
        self._headers = headers
        self._name = name

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request with the key, if it goes to the followed host."""
        if network.origin_of(request.url) != self._followed or not self._headers:
            return self._inner.handle_request(request)
        headers = httpx.Headers([*request.headers.multi_items(), *self._headers.items()])
        sent = httpx.Request(request.method, request.url, headers=headers, extensions=request.extensions)
        answer = self._inner.handle_request(sent)
        if answer.status_code in (401, 403) and self._name:
            answer.close()
            url = request.url.copy_add_param(self._name, next(iter(self._headers.values())).removeprefix("Apikey "))
            sent = httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
            answer = self._inner.handle_request(sent)
            # any header may repeat the question (Link, Content-Location): what stands above never sees the key
            for name in set(answer.headers) - TAKEN:
                del answer.headers[name]
            if led_to := answer.headers.get("location"):
                answer.headers["location"] = self._without_key(led_to)
        return answer

    def _without_key(self, location: str) -> str:
        try:
            led_to = httpx.URL(location)
        except httpx.InvalidURL:
            return location.partition("?")[0]  # it leads nowhere, and is refused above
        return str(led_to.copy_remove_param(self._name)) if self._name in led_to.params else location

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class Fetcher:
    """Fetches the pages of one source, within its limits; a context manager."""

    def __init__(
        self,
        url: httpx.URL,
        folder: Path,
        cache: SqliteStorage,
        *,
        key_headers: Mapping[str, str] | None = None,
        key_parameter: str = "",
    ) -> None:
        self._followed = network.origin_of(url)
        self._folder = folder
        self._cache = cache
        self._latest = time.monotonic() + settings().follow_seconds
        self._bytes_left = settings().follow_mb * MEGABYTE
        self._failing_s = 0.0
        self._n_files = 0
        inner = network.transport(self._followed, is_private_allowed=settings().follow_private)
        self._network = inner
        keyed = _Keyed(inner, self._followed, key_headers or {}, key_parameter)
        cached = CacheTransport(keyed, storage=cache, rfc=CacheOptions(shared=False))
        # always asked again: the cache only saves the body of what has not changed
        headers = {"user-agent": AGENT, "cache-control": "no-cache", "accept-encoding": "gzip", "accept": "*/*"}
        self._client = httpx.Client(transport=cached, headers=headers, follow_redirects=False, trust_env=False)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._network.close()  # closing the client would close the cache, which others use

    def get(self, url: httpx.URL, read: Any = None) -> Any:
        """Return what `read` makes of an answer, the Answer itself without one.

        Both are tried again where the source fails for a moment, or `read` finds the answer cut short. Raises SourceError.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(PassingError),
            wait=self._wait,
            stop=self._is_enough,
            sleep=time.sleep,
            reraise=True,
        )
        return retrying(self._attempt, url, read)

    def forget(self, url: httpx.URL) -> None:
        """Take an answer out of the cache: it is not to be confirmed by « not modified »."""
        for entry in self._cache.get_entries(_cache_key(url)):
            self._cache.remove_entry(entry.id)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        retry_after_s = error.retry_after_s if isinstance(error, SourceError) else None
        if retry_after_s is not None:
            return retry_after_s
        return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** (state.attempt_number - 1)) * random.uniform(0.5, 1.5)  # noqa: S311

    def _is_enough(self, state: RetryCallState) -> bool:
        if self._failing_s + state.upcoming_sleep > RETRIES_S or time.monotonic() + state.upcoming_sleep > self._latest:
            return True
        self._failing_s += state.upcoming_sleep
        return False

    def _attempt(self, url: httpx.URL, read: Any) -> Any:
        begun = time.monotonic()
        try:
            answer = self._followed_to_the_end(url)
            if read is None:
                return answer
            try:
                return read(answer)
            except SourceError:
                self.forget(answer.url)
                raise
        except PassingError:
            self._failing_s += time.monotonic() - begun
            raise

    def _followed_to_the_end(self, url: httpx.URL) -> Answer:
        """Ask an address and those that it leads to, each checked."""
        for _hop in range(MOST_REDIRECTS + 1):
            if not network.may_ask(url, self._followed) and not (
                settings().follow_private and url.scheme == "https" and not url.userinfo
            ):
                raise SourceError("address_refused")
            outcome = self._request(url)
            if isinstance(outcome, Answer):
                return outcome
            url = outcome
        raise SourceError("too_many_redirects")

    def _request(self, url: httpx.URL) -> Answer | httpx.URL:
        timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
        try:
            with self._client.stream(
                "GET", url, timeout=timeout, extensions={"caching": {"key": _cache_key(url)}}
            ) as response:
                if response.has_redirect_location:
                    response.read()
                    return url.join(response.headers["location"])
                _refuse_failure(response)
                return self._written(response, url)
        except httpx.TimeoutException as error:
            raise PassingError("too_slow") from error
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
            raise PassingError("cut_short") from error
        except httpx.HTTPError as error:
            raise PassingError("unreachable") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise SourceError("address_refused") from error

    def _written(self, response: httpx.Response, url: httpx.URL) -> Answer:
        self._n_files += 1
        ending = re.search(r"\.(\w{1,8})$", url.path)
        path = self._folder / f"source-{self._n_files}{ending.group() if ending else ''}"
        with path.open("wb") as target:
            for block in response.iter_bytes():
                self._bytes_left -= len(block)
                if self._bytes_left < 0:
                    raise SourceError("too_large", limit=settings().follow_mb)
                if time.monotonic() > self._latest:
                    raise SourceError("too_slow")
                target.write(block)
        return Answer(path, url, response.headers.get("content-type", ""))


def _cache_key(url: httpx.URL) -> str:
    return sha256(str(url).encode()).hexdigest()


def _refuse_failure(response: httpx.Response) -> None:
    status = response.status_code
    if response.is_success:
        return
    wait = _retry_after_s(response.headers.get("retry-after"), response.headers.get("date"))
    if status == 429:
        raise PassingError("too_many_requests", retry_after_s=wait)
    if status in PASSING:
        raise PassingError("http_status", status=status, retry_after_s=wait)
    if status in (401, 403):
        raise SourceError("key_refused", status=status)
    if status in (404, 410):
        raise SourceError("not_found", status=status)
    raise SourceError("http_status", status=status)


def _retry_after_s(value: str | None, now: str | None) -> float | None:
    """Return how long a source asks to be left alone, in seconds or until a date of its own clock."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value.strip())
    try:
        until = parsedate_to_datetime(value)
        its_now = parsedate_to_datetime(now) if now else datetime.now(UTC)
        return max(0.0, (until - its_now).total_seconds())
    except (ValueError, TypeError):
        return None
