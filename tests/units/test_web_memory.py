"""Threads share few arenas of the C library, so that what heavy work freed goes back to the system."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

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


def arenas(folder: Path, *words: str) -> int:
    """Return how many arenas eight threads have made."""
    command = [sys.executable, "-c", COUNT, str(folder / "info"), *words]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_eight_threads_share_few_arenas(tmp_path: Path) -> None:
    assert arenas(tmp_path) > 8  # else this shows nothing
    assert arenas(tmp_path, "few") <= 4  # those of threads that libraries began before are there
