"""Work in a process of its own, bounded in memory, time and output: what it reads brings down nothing but itself.

A host process imports a module while its caller goes on with other things, and forks for each job. The fork calls `module.prepare()`,
before there is a job where there is time; then it is bounded, calls `module.run(job, say)` and ends. Jobs and answers are lines of
JSON, never pickles: a job is ours, but what comes out of a process that reads strangers' files is not to be trusted. The host's side is
campaign/core/host_process.py.
"""

import atexit
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final

from campaign.core import errors
from campaign.core.errors import CampaignError
from campaign.core.host_process import OUT_OF_MEMORY, OUT_OF_SPACE
from campaign.core.host_process import Bounds as Bounds
from campaign.core.language import message_of

AT_ONCE: Final = 2  # jobs under way at the same time; a third waits
LONGEST_LINE: Final = 64 << 20
WALL: Final = 4  # a job may last so many times its processor time: it also waits for disks and addresses
_ROOT: Final = Path(__file__).resolve().parents[2]
_BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from campaign.core import host_process; host_process.serve(sys.argv[2], int(sys.argv[3]))"
)
_SECRET: Final = re.compile(r"(?i)secret|passw|token|key|credential|CAMPAIGN_DB\b")
_END_OF_ERRORS: Final = 2000

Say = Callable[[Any], None]


class EndedError(Exception):
    """A process that ended before its job was done: `cause` is memory, time, output, killed or fault; `detail` its last words."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(cause, detail)
        self.cause = cause
        self.detail = detail


class Host:
    """A process that has imported a module and forks for each job, one at a time; it ends with its caller."""

    def __init__(self, module: str) -> None:
        reading, writing = os.pipe()
        words = [sys.executable, "-P", "-c", _BEGIN, str(_ROOT), module, str(writing)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=(writing,),
            env={name: value for name, value in os.environ.items() if not _SECRET.search(name)},
            start_new_session=True,  # an interrupt of the terminal is for the caller alone
        )
        os.close(writing)
        self._answers: IO[bytes] = os.fdopen(reading, "rb")
        self._job_process: int | None = None
        self._is_late = False
        self._lock = threading.Lock()
        self.is_whole = True

    def run(self, job: Mapping[str, Any], bounds: Bounds, last_words: Path, hear: Say) -> Any:
        """Return what the module's `run` answers to a job, each thing that it says meanwhile handed to `hear`.

        `last_words` is a file for what the process prints. Raises the CampaignError that `run` raises, EndedError if the process
        ends otherwise.
        """
        self.is_whole, self._is_late = False, False
        given = {"bounds": asdict(bounds), "last_words": str(last_words), "job": job}
        clock = threading.Timer(bounds.seconds * WALL, self._stop)
        clock.daemon = True
        clock.start()
        answer: dict[str, Any] = {}
        try:
            assert self._process.stdin is not None  # noqa: S101 - it is a pipe
            with suppress(BrokenPipeError):  # the host is dead: its answers end at once
                self._process.stdin.write(json.dumps(given).encode() + b"\n")
                self._process.stdin.flush()
            while True:
                line = self._answers.readline(LONGEST_LINE)
                if not line.endswith(b"\n"):  # no host any more, or no end of talking
                    raise EndedError("time" if self._is_late else "killed", _end_of(last_words))
                kind, value = json.loads(line)
                if kind == "process":
                    self._job_process = int(value)
                elif kind == "said":
                    hear(value)
                elif kind == "ended":
                    break
                else:
                    answer[kind] = value
        finally:
            clock.cancel()
            with self._lock:
                self._job_process = None
        self.is_whole = True
        if "error" in answer:
            raise _error_from(answer["error"])
        if value != 0 or "answer" not in answer:
            raise EndedError("time" if self._is_late else _cause(int(value)), _end_of(last_words))
        return answer["answer"]

    def end(self) -> None:
        """End the host and the job that it may have under way."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._answers.close()

    def _stop(self) -> None:
        with self._lock:
            self._is_late = True
            if self._job_process is not None:
                with suppress(ProcessLookupError):
                    os.kill(self._job_process, signal.SIGKILL)
            else:
                self._process.kill()


_idle: dict[str, list[Host]] = {}
_lock: Final = threading.Lock()
_places: Final = threading.BoundedSemaphore(AT_ONCE)


@atexit.register
def _end_all() -> None:
    """End the hosts that wait for a job."""
    with _lock:
        for waiting in _idle.values():
            while waiting:
                waiting.pop().end()


def begin(module: str) -> None:
    """Start a host, so that it is ready by the time that it is wanted."""
    with _lock:
        if not _idle.get(module):
            _idle.setdefault(module, []).append(Host(module))


@contextmanager
def host(module: str) -> Iterator[Host]:
    """Give a host of a module that nobody else uses; it is kept for the next job if it came to the end of this one."""
    with _places:
        with _lock:
            idle = _idle.setdefault(module, [])
            taken = idle.pop() if idle else None
        if taken is None:
            taken = Host(module)
        try:
            yield taken
        finally:
            if taken.is_whole:
                with _lock:
                    idle.append(taken)
            else:
                taken.end()


def _cause(status: int) -> str:
    """Return why a process ended, by its exit status, negative for a signal."""
    # libraries that cannot get memory abort; Python and DuckDB say so
    if status in (OUT_OF_MEMORY, -signal.SIGABRT):
        return "memory"
    if status in (OUT_OF_SPACE, -signal.SIGXFSZ):
        return "output"
    if status == -signal.SIGXCPU:
        return "time"
    return "killed" if status in (-signal.SIGKILL, -signal.SIGTERM) else "fault"


def _end_of(last_words: Path) -> str:
    """Return the last line that a process printed."""
    try:
        content = last_words.read_bytes()[-_END_OF_ERRORS:]
    except FileNotFoundError:
        return ""
    return next((line for line in reversed(content.decode("utf-8", "replace").splitlines()) if line.strip()), "")


def _error_from(attributes: Mapping[str, Any]) -> CampaignError:
    """Return an error of ours as it was raised in the other process."""
    kind = getattr(errors, str(attributes["type"]), CampaignError)
    if not (isinstance(kind, type) and issubclass(kind, CampaignError)):
        kind = CampaignError
    error = kind.__new__(kind)
    message, remedy = map(message_of, attributes["texts"])
    Exception.__init__(error, message)
    vars(error).update(
        {str(name): value for name, value in attributes.items() if name != "type"}, texts=(message, remedy)
    )
    return error
