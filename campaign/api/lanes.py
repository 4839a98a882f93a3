"""Threads for answers, in lanes that do not wait for each other.

All threads of a server are one pool otherwise: forty slow answers, and a probe of its health waits behind them. Each lane has its
own, few: more threads than processors make every answer late, not one of them sooner.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Final, Literal, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from campaign.core.settings import settings

Lane = Literal["health", "pages", "light", "heavy"]
HEALTH_THREADS: Final = 2
PAGE_THREADS: Final = 2  # the HTML around a page, with its figure
LIGHT_THREADS: Final = 2

P = ParamSpec("P")
T = TypeVar("T")

_heavy: ContextVar[bool] = ContextVar("heavy", default=False)
_limiters: RunVar[dict[Lane, CapacityLimiter]] = RunVar("limiters")


@contextmanager
def heavy() -> Iterator[None]:
    """Answer within the block, and the tasks that it starts, in the lane of heavy work."""
    token = _heavy.set(True)
    try:
        yield
    finally:
        _heavy.reset(token)


async def run(lane: Lane, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a thread of a lane; of the light one, in that of heavy work where such work is under way."""
    chosen: Lane = "heavy" if lane == "light" and _heavy.get() else lane
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=_limiter(chosen))


async def iterate(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield chunks that are each made in a thread of the lane."""
    while chunk := await run("light", next, chunks, b""):
        yield chunk


def _limiter(lane: Lane) -> CapacityLimiter:
    """Return the bound of a lane, which belongs to the event loop that runs."""
    try:
        limiters = _limiters.get()
    except LookupError:
        limiters = {
            "health": CapacityLimiter(HEALTH_THREADS),
            "pages": CapacityLimiter(PAGE_THREADS),
            "light": CapacityLimiter(LIGHT_THREADS),
            "heavy": CapacityLimiter(settings().heavy_at_once),
        }
        _limiters.set(limiters)
    return limiters[lane]
