"""What heavy work and readers' sessions held goes back to the system: few arenas, large pieces apart, garbage collected."""

import gc
import platform
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.web import memory
from tests import samples

COUNT = """
import ctypes, re, sys, threading
from campaign.web import memory
if "few" in sys.argv:
    assert memory.keep_little()
together = threading.Barrier(8)
def work():
    together.wait()
    kept = [bytes(2000) for _ in range(100)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
c = ctypes.CDLL(None)
c.fopen.restype = ctypes.c_void_p
out = c.fopen(sys.argv[1].encode(), b"w")
c.malloc_info(0, ctypes.c_void_p(out))
c.fclose(ctypes.c_void_p(out))
print(len(re.findall("<heap nr=", open(sys.argv[1]).read())))
"""

MAPPED = """
import ctypes, sys
from campaign.web import memory
if "few" in sys.argv:
    assert memory.keep_little()
class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]
c = ctypes.CDLL(None)
c.mallinfo2.restype = Info
large = bytes(16 << 20)
del large
before = c.mallinfo2().hblkhd
kept = bytes(8 << 20)
print(c.mallinfo2().hblkhd - before)
"""


class Session:
    """Holds itself, as a session of a reader does through its parts."""

    def __init__(self) -> None:
        self.own = self


def arenas(folder: Path, *words: str) -> int:
    """Return how many arenas eight threads have made."""
    command = [sys.executable, "-c", COUNT, str(folder / "info"), *words]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.in_turn
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_eight_threads_share_few_arenas(tmp_path: Path) -> None:
    if samples.is_full:
        assert arenas(tmp_path) > 8  # else this shows nothing
    assert arenas(tmp_path, "few") <= 4  # those of threads that libraries began before are there


def mapped(*words: str) -> int:
    """Return how many bytes a large piece has mapped for itself, after a larger one was freed."""
    command = [sys.executable, "-c", MAPPED, *words]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.in_turn
@pytest.mark.skipif(not hasattr(memory.ctypes.CDLL(None), "mallinfo2"), reason="glibc 2.33 counts mappings")
def test_a_large_piece_is_a_mapping_of_its_own_also_after_a_larger_one_was_freed() -> None:
    if samples.is_full:
        assert mapped() == 0  # else this shows nothing
    assert mapped("few") >= 8 << 20


@pytest.mark.parametrize("note", [memory.left, memory.touched])
def test_what_sessions_and_heavy_work_leave_is_collected_once_it_is_calm(
    note: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_is_touched", False)
    monkeypatch.setattr(memory, "_has_garbage", False)
    monkeypatch.setattr(memory, "_collected_at", -memory.COLLECTED_EVERY_S)
    gc.disable()
    try:
        left = weakref.ref(Session())
        assert left() is not None
        note()
        if note is memory.touched:
            assert memory.give_back()
            assert left() is not None  # heavy work was done just now: nobody is held up meanwhile
        assert memory.give_back()
        assert left() is None
        assert not memory.give_back()
        memory.left()
        assert not memory.give_back()  # so soon after the last time
    finally:
        gc.enable()
