"""Counters of this process for Prometheus; each process has its own, and a scraper adds them up."""

import time
from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from campaign import store
from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.follow import statuses
from campaign.store import lake
from campaign.web import processes
from campaign.web.workers import WORKERS

MEDIA_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
BUCKETS_S: Final = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)

# One more series for each counter, which nothing here asks for. (Untyped in the library.)
disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY: Final = CollectorRegistry()  # not the library's default, which other packages may fill
REQUESTS: Final = Counter("campaign_requests", "Answers by route and status.", ("route", "status"), registry=REGISTRY)
SECONDS: Final = Histogram(
    "campaign_request_seconds",
    "Time until the answer ended, by route.",
    ("route",),
    buckets=BUCKETS_S,
    registry=REGISTRY,
)
SESSIONS: Final = Gauge("campaign_open_sessions", "Open websockets: one per reader's tab.", registry=REGISTRY)
LIMITED: Final = Counter("campaign_limited", "Requests refused by the rate limit.", registry=REGISTRY)
BROKEN: Final = Counter("campaign_heavy_broken", "Heavy answers whose process failed.", registry=REGISTRY)


def count(route: str, status: int, seconds: float) -> None:
    """Count one answer."""
    REQUESTS.labels(route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def text() -> bytes:
    """Return all counters in Prometheus' text format."""
    return generate_latest(REGISTRY)


class Readings(Collector):
    """What is counted elsewhere and read when it is asked for: answers in memory, the event file, this process."""

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: without it the registry would read everything at import time to learn the names."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Yield each reading; one that cannot be known is left out."""
        cache = store.cache_info()
        yield CounterMetricFamily("campaign_queries", "Queries run.", cache.misses)
        yield CounterMetricFamily("campaign_cached_answers", "Queries answered from memory.", cache.hits)
        yield GaugeMetricFamily("campaign_cached_answers", "Answers in memory.", cache.currsize)
        yield from _file()
        yield from _sources()
        yield from _memory()


REGISTRY.register(Readings())


def _file() -> Iterator[Metric]:
    ok = GaugeMetricFamily("campaign_file_ok", "Whether the event file as published can be read.")
    try:
        stat = lake.published(settings().db).stat()
        store.refuse_stale()
    except (OSError, StoreError):
        ok.add_metric((), 0)
        yield ok
        return
    ok.add_metric((), 1)
    yield ok
    age = max(0.0, time.time() - stat.st_mtime)
    yield GaugeMetricFamily("campaign_file_age_seconds", "Since the event file was published.", round(age))
    yield GaugeMetricFamily("campaign_file_bytes", "Size of the event file.", stat.st_size)


def _sources() -> Iterator[Metric]:
    """Yield how each followed source is; nothing where none is followed."""
    sources = statuses.statuses()
    if not sources:
        return
    ok = GaugeMetricFamily("campaign_source_ok", "Whether a followed source was read and believed.", labels=("source",))
    age = GaugeMetricFamily(
        "campaign_source_age_seconds", "Since a followed source was read with success.", labels=("source",)
    )
    wrong = GaugeMetricFamily("campaign_source_failures", "Readings in a row without success.", labels=("source",))
    stale = GaugeMetricFamily("campaign_source_stale", "Whether it is twice its time late.", labels=("source",))
    for each in sources:
        if each.status != "paused":  # neither well nor ill
            ok.add_metric((each.name,), int(each.status == "ok"))
        wrong.add_metric((each.name,), each.n_wrong)
        stale.add_metric((each.name,), int(each.is_stale))
        if each.last_success is not None:
            age.add_metric((each.name,), round(max(0.0, time.time() - each.last_success.timestamp())))
    yield from (ok, age, wrong, stale)


def _memory() -> Iterator[Metric]:
    """Yield what this process and those beside it hold; nothing where the system does not tell (not Linux)."""
    if resident := processes.kilobytes("VmRSS"):
        yield GaugeMetricFamily("campaign_memory_bytes", "Resident memory of this process.", resident * 1024)
    if numbers := WORKERS.numbers():
        yield GaugeMetricFamily("campaign_heavy_processes", "Processes for heavy answers.", len(numbers))
        memory = processes.together_bytes(numbers)
        yield GaugeMetricFamily("campaign_heavy_memory_bytes", "Memory of these, what they share once.", memory)
