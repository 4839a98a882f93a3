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


LEADER = """
import subprocess
with subprocess.Popen(["sleep", "60"], process_group=0) as of_its_group:
    print(of_its_group.pid, flush=True)
    input()
    of_its_group.kill()
"""


def test_of_processes_that_have_ended_nothing_is_known() -> None:
    command = [sys.executable, "-S", "-c", LEADER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as leader:
        assert leader.stdout is not None
        other = int(leader.stdout.readline())
        assert sorted(processes.of_session(leader.pid)) == [leader.pid, other]
        assert processes.kilobytes("Pss", "smaps_rollup", leader.pid) > 0
        leader.communicate("\n")
    assert processes.of_session(leader.pid) == []
    assert processes.kilobytes("Pss", "smaps_rollup", leader.pid) == 0
