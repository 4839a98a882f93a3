"""Counters of this process, in Prometheus' text format."""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from campaign import store
from campaign.core.errors import StoreError
from campaign.core.settings import settings

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S: Final = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)


class Metrics:
    """What was asked of this process since it started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self.n_sessions = 0
        self.n_limited = 0

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self._requests[route, status] += 1
            self._buckets[route, bisect_left(BUCKETS_S, seconds)] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]  # a sum of floats, in a counter

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text format."""
        with self._lock:
            requests, buckets, seconds = dict(self._requests), Counter(self._buckets), dict(self._seconds)
        yield from _head("campaign_requests_total", "counter", "Answers by route and status.")
        for (route, status), n in sorted(requests.items()):
            yield f'campaign_requests_total{{route="{route}",status="{status}"}} {n}'
        yield from _head("campaign_request_seconds", "histogram", "Time until the answer ended, by route.")
        for route in sorted(seconds):
            total = 0
            for place, bound in enumerate((*BUCKETS_S, "+Inf")):
                total += buckets[route, place]
                yield f'campaign_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'campaign_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}'
            yield f'campaign_request_seconds_count{{route="{route}"}} {total}'
        yield from _one("campaign_open_sessions", "gauge", "Open websockets: one per reader's tab.", self.n_sessions)
        yield from _one("campaign_limited_total", "counter", "Requests refused by the rate limit.", self.n_limited)
        kept = store.cache_info()
        yield from _one("campaign_queries_total", "counter", "Queries run.", kept.misses)
        yield from _one("campaign_cached_answers_total", "counter", "Queries answered from memory.", kept.hits)
        yield from _one("campaign_cached_answers", "gauge", "Answers in memory.", kept.currsize)
        yield from _file()
        yield from _one("campaign_memory_bytes", "gauge", "Resident memory of this process.", _resident_bytes())


METRICS: Final = Metrics()


def _file() -> Iterator[str]:
    try:
        stat = settings().db.stat()
        is_served = store.reader().identity == store.identity_of(settings().db)
    except (OSError, StoreError):
        yield from _one("campaign_file_ok", "gauge", "Whether the event file as published can be read.", 0)
        return
    yield from _one("campaign_file_ok", "gauge", "Whether the event file as published can be read.", int(is_served))
    age = max(0.0, time.time() - stat.st_mtime)
    yield from _one("campaign_file_age_seconds", "gauge", "Since the event file was published.", f"{age:.0f}")
    yield from _one("campaign_file_bytes", "gauge", "Size of the event file.", stat.st_size)


def _resident_bytes() -> int:
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # not Linux: unknown
    return 0


def _head(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"


def _one(name: str, kind: str, text: str, value: object) -> Iterator[str]:
    yield from _head(name, kind, text)
    yield f"{name} {value}"
