"""What the system tells of processes: of this one, of a session, and nothing of those that have ended."""

import os
import subprocess
import sys

from campaign.web import processes


def test_memory_of_processes() -> None:
    own = os.getpid()
    assert processes.own_mb() > 1
    assert processes.together_bytes([own]) > 1 << 20
    assert processes.together_bytes([]) == 0


def test_of_a_process_that_has_ended_nothing_is_known() -> None:
    with subprocess.Popen(
        [sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True
    ) as process:
        assert processes.of_session(process.pid) == [process.pid]
        assert processes.kilobytes("Pss", "smaps_rollup", process.pid) > 0
        process.communicate(b"\n")
    assert processes.of_session(process.pid) == []
    assert processes.kilobytes("Pss", "smaps_rollup", process.pid) == 0
