"""What is kept of the event file's contents, let go as soon as another file takes its place.

Each cache is bounded by itself, but bounds are made for one file: what was kept of the last twenty would be twenty times as much.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_past: "dict[_lru_cache_wrapper[object], tuple[int, int]]" = {}  # hits and misses of files before, by cache


class CacheInfo(NamedTuple):
    """What is kept in memory, and what it has served since the start."""

    hits: int
    misses: int
    currsize: int


def cached_per_file(maxsize: int) -> Callable[[Callable[..., T]], "_lru_cache_wrapper[T]"]:
    """Keep a function's answers, as `lru_cache` does, until another file is published; its arguments name the file."""

    def decorate(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        cached = lru_cache(maxsize=maxsize)(function)
        _past[cached] = (0, 0)
        return cached

    return decorate


def let_go() -> None:
    """Forget all that is kept of any file; who still reads from it asks anew."""
    for each in _past:
        hits, misses, _size = usage(each)
        _past[each] = (hits, misses)
        each.cache_clear()


def usage(cache: "_lru_cache_wrapper[T]") -> CacheInfo:
    """Return what one of these caches has served, for all files."""
    hits, misses = _past[cache]
    now = cache.cache_info()
    return CacheInfo(hits + now.hits, misses + now.misses, now.currsize)
