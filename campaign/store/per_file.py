"""What is kept of the event file's contents, let go as soon as another file takes its place.

Each cache is bounded by itself, but bounds are made for one file: what was kept of the last twenty would be twenty times as much.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

T = TypeVar("T")

_caches: "list[_lru_cache_wrapper[object]]" = []


def cached_per_file(maxsize: int) -> Callable[[Callable[..., T]], "_lru_cache_wrapper[T]"]:
    """Keep a function's answers, as `lru_cache` does, until another file is published; its arguments name the file."""

    def decorate(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        kept = lru_cache(maxsize=maxsize)(function)
        _caches.append(kept)
        return kept

    return decorate


def let_go() -> None:
    """Forget all that is kept of any file."""
    for each in _caches:
        each.cache_clear()
