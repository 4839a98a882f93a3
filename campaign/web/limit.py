"""How much heavy work one client may ask for in a minute: exports, pictures, programmes, kits.

Each client has a purse of CAMPAIGN_HEAVY_PER_MINUTE points that fills again evenly; a point is a tenth of a second of processor,
as measured on 11,397 events (docs/security.md).
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

COSTS: Final = (
    (re.compile(r"/kits/"), 15.0),
    (re.compile(r"/reports/"), 15.0),
    (re.compile(r"/programme\.pdf$"), 15.0),
    (re.compile(r"/programme\.txt$"), 3.0),
    (re.compile(r"/figures/"), 3.0),
    (re.compile(r"/apercu/"), 3.0),
    (re.compile(r"/embed/(?!fonts/)"), 3.0),
    (re.compile(r"/ask\.json$"), 3.0),
    (re.compile(r"/api/v1/findings\."), 3.0),
    (re.compile(r"/api/v1/events\.xlsx$"), 20.0),
    (re.compile(r"/api/v1/events\.ics$"), 10.0),
    (re.compile(r"/api/v1/events\.(?!json$)"), 5.0),
    (re.compile(r"/api/v1/(?:events|counts)\.json$"), 1.0),
)
MAX_CLIENTS: Final = 10_000


def cost(path: str) -> float:
    """Return what an address costs; 0 for all that is light."""
    return next((points for pattern, points in COSTS if pattern.match(path)), 0.0)


class TokenBuckets:
    """What each client has left; the clients that were not seen for longest are forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, points: float, per_minute: int) -> float:
        """Take points from a client's purse and return 0, or take nothing and return in how many seconds to come back."""
        if per_minute <= 0:
            return 0.0
        points = min(points, per_minute)
        now = self._clock()
        with self._lock:
            left, seen = self._buckets.pop(client, (float(per_minute), now))
            left = min(float(per_minute), left + (now - seen) * per_minute / 60)
            is_enough = left >= points
            self._buckets[client] = (left - points if is_enough else left, now)
            if len(self._buckets) > MAX_CLIENTS:
                self._buckets.popitem(last=False)
        return 0.0 if is_enough else (points - left) * 60 / per_minute
