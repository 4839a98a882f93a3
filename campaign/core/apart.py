"""Work in a process of its own, bounded in memory, time and output: what it reads brings down nothing but itself.

A host process imports a module while its caller goes on with other things, and forks for each job. The fork calls `module.prepare()`,
before there is a job where there is time; then it is bounded, calls `module.run(job, say)` and ends. Jobs and answers are lines of
JSON, never pickles: a job is ours, but what comes out of a process that reads strangers' files is not to be trusted. Only the standard
library is imported here, so that a host begins at once.
"""

import atexit
import errno
import importlib
import json
import os
import re
import resource
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Final

from campaign.core import errors
from campaign.core.errors import CampaignError
from campaign.core.language import message_of

AT_ONCE: Final = 2  # jobs under way at the same time; a third waits
LONGEST_LINE: Final = 64 << 20
IDLE_S: Final = 0.3  # without a job for so long, the process of the next one is made ready
WALL: Final = 4  # a job may last so many times its processor time: it also waits for disks and addresses
_ROOT: Final = Path(__file__).resolve().parents[2]
_BEGIN: Final = "import sys; sys.path.insert(0, sys.argv[1]); from campaign.core import apart; apart.serve(sys.argv[2], int(sys.argv[3]))"
_OUT_OF_MEMORY, _OUT_OF_SPACE, _LEFT_ALONE = 70, 71, 72
_SECRET: Final = re.compile(r"(?i)secret|passw|token|key|credential|CAMPAIGN_DB\b")
_MEGABYTE: Final = 1 << 20
_END_OF_ERRORS: Final = 2000

Say = Callable[[Any], None]


@dataclass(frozen=True)
class Bounds:
    """What a job may take: address space and each file that it writes in megabytes, seconds of processor time."""

    memory_mb: int
    seconds: int
    output_mb: int


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


def serve(module: str, channel: int) -> None:
    """Be a host: import the module, then fork for each job that comes on standard input, until it ends.

    The process of the first job, and of one that does not follow at once on another, is there before the job.
    """
    loaded = importlib.import_module(module)
    is_idle = True
    while True:
        if not is_idle:
            select.select([sys.stdin], [], [], IDLE_S)
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(writing)
            _work(loaded, reading, channel)
        os.close(reading)
        line = sys.stdin.buffer.readline()
        with os.fdopen(writing, "wb") as job, suppress(BrokenPipeError):  # it has ended: its status says why
            job.write(line)
        _process, status = os.waitpid(process, 0)
        if not line:
            return
        _send(channel, "ended", os.waitstatus_to_exitcode(status))
        is_idle = False


def _work(module: ModuleType, reading: int, channel: int) -> None:
    """Do the job that comes from a pipe in this process, and end it; end it also where none comes."""
    status = 1
    try:
        fault = _fault_of(module.prepare)
        with os.fdopen(reading, "rb") as pipe:
            line = pipe.readline()
        if not line:
            os._exit(0)
        given = json.loads(line)
        _send(channel, "process", os.getpid())
        last_words = os.open(given["last_words"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(last_words, 1)
        os.dup2(last_words, 2)
        if fault is not None:
            raise fault
        threading.Thread(target=_leave_with_caller, daemon=True).start()
        _bound(Bounds(**given["bounds"]))
        answer = module.run(given["job"], lambda value: _send(channel, "said", value))
        _send(channel, "answer", answer)
        status = 0
    except CampaignError as error:
        _send(channel, "error", {"type": type(error).__name__, **vars(error)})
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    except OSError as error:
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            status = _OUT_OF_SPACE
    except BaseException as error:  # noqa: BLE001 - the process ends here whatever it was; its caller says so
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(status)


def _fault_of(prepare: Callable[[], None]) -> Exception | None:
    """Prepare, and return what went wrong: there is a place for its words only once there is a job."""
    try:
        prepare()
    except Exception as error:  # noqa: BLE001 - raised with the job
        return error
    return None


def _bound(bounds: Bounds) -> None:
    memory, output = bounds.memory_mb * _MEGABYTE, bounds.output_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_with_caller() -> None:
    """Wait for the caller to close its end of standard input, by dying or by calling the host off; then end."""
    watch = select.poll()
    watch.register(0, 0)  # its end alone: what may stand in it is the host's
    watch.poll()
    os._exit(_LEFT_ALONE)


def _send(channel: int, kind: str, value: Any) -> None:
    written = memoryview(json.dumps([kind, value], default=vars).encode() + b"\n")
    with suppress(BrokenPipeError):  # the caller has left: so does the host, when it sees the end of its input
        while written:
            written = written[os.write(channel, written) :]


def _cause(status: int) -> str:
    """Return why a process ended, by its exit status, negative for a signal."""
    # libraries that cannot get memory abort; Python and DuckDB say so
    if status in (_OUT_OF_MEMORY, -signal.SIGABRT):
        return "memory"
    if status in (_OUT_OF_SPACE, -signal.SIGXFSZ):
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


def _error_from(said: Mapping[str, Any]) -> CampaignError:
    """Return an error of ours as it was raised in the other process."""
    kind = getattr(errors, str(said["type"]), CampaignError)
    if not (isinstance(kind, type) and issubclass(kind, CampaignError)):
        kind = CampaignError
    error = kind.__new__(kind)
    message, remedy = map(message_of, said["texts"])
    Exception.__init__(error, message)
    vars(error).update({str(name): value for name, value in said.items() if name != "type"}, texts=(message, remedy))
    return error
