"""A host process of campaign/core/apart.py: it imports a module, then forks for each job, and bounds the fork before the job runs.

Only the standard library is imported here, so that a host begins at once.
"""

import errno
import importlib
import json
import os
import resource
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from campaign.core.errors import CampaignError

IDLE_S: Final = 0.3  # without a job for so long, the process of the next one is made ready
OUT_OF_MEMORY, OUT_OF_SPACE, LEFT_ALONE = 70, 71, 72  # exit statuses
_MEGABYTE: Final = 1 << 20


@dataclass(frozen=True)
class Bounds:
    """What a job may take: address space and each file that it writes in megabytes, seconds of processor time."""

    memory_mb: int
    seconds: int
    output_mb: int


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
        status = OUT_OF_MEMORY
    except OSError as error:
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            status = OUT_OF_SPACE
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
    os._exit(LEFT_ALONE)


def _send(channel: int, kind: str, value: Any) -> None:
    written = memoryview(json.dumps([kind, value], default=vars).encode() + b"\n")
    with suppress(BrokenPipeError):  # the caller has left: so does the host, when it sees the end of its input
        while written:
            written = written[os.write(channel, written) :]
