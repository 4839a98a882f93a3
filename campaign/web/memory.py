"""Memory given back to the system after heavy work: the C library keeps what was freed, in as many pieces as there were threads."""

import ctypes
import gc
import time
from functools import cache
from typing import Any, Final

import pyarrow as pa

# What was freed in an arena stays in it: the C library makes up to eight a core, one for each thread that met another there.
ARENAS: Final = 2
M_ARENA_MAX: Final = -8  # glibc's number for it
# A piece of this size is a mapping of its own, which goes back as soon as it is freed. By itself the C library raises this to the
# largest piece that was ever freed, up to 32 MB, and then keeps pictures, documents and workbooks among small pieces.
MAPPED_FROM_BYTES: Final = 256 * 1024
M_MMAP_THRESHOLD: Final = -3

COLLECTED_EVERY_S: Final = 30.0  # at most: nobody is served meanwhile

_is_touched = False
_collected_at = -COLLECTED_EVERY_S
_has_garbage = False


def keep_little() -> bool:
    """Have the C library share few arenas among all threads that begin from now on, and give back large pieces at once.

    Returns whether it does (glibc alone).
    """
    if (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is None:
        return False
    return bool(mallopt(M_ARENA_MAX, ARENAS)) and bool(mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES))


def touched() -> None:
    """Note that heavy work was done, so that there may be something to give back."""
    global _is_touched  # one flag of one process
    _is_touched = True


def left() -> None:
    """Note that a session has ended: it is held by its own cycles until all garbage is collected."""
    global _has_garbage  # another
    _has_garbage = True


def give_back() -> bool:
    """Give back what is free, if heavy work was done or sessions ended since the last time; return whether it was so.

    Garbage is collected once no heavy work was done meanwhile, which a server at rest does not come to by itself.
    """
    global _is_touched, _has_garbage, _collected_at
    now = time.monotonic()
    if _is_touched:
        _is_touched, _has_garbage = False, True
    elif _has_garbage and now - _collected_at >= COLLECTED_EVERY_S:
        _has_garbage, _collected_at = False, now
        gc.collect()
    else:
        return False
    pa.default_memory_pool().release_unused()
    if (trim := _trim()) is not None:
        trim(0)
    return True


@cache
def _trim() -> Any:
    """Return glibc's malloc_trim; None with another C library."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
