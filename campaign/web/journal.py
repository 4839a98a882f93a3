"""The log as JSON lines on standard error: when, how grave, which request, what.

An address's parameters, a reader's network address and a page that does not exist are never written: a search or a mistyped
address may hold what is nobody's business.
"""

import json
import logging
import sys
import time
from collections import OrderedDict
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
requests: Final = logging.getLogger("campaign.requests")
FIELDS: Final = "fields"
REPEATED_EVERY_S: Final = 60.0
MOST_PLACES: Final = 500  # in the code that log, of which it is remembered when they did
LIBRARIES: Final = ("asyncio", "uvicorn.error")


class JsonLines(logging.Formatter):
    """One JSON object per record; a trace stands in its own field."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (current_request := request_id.get()) is not None:
            line["request_id"] = current_request
        line |= getattr(record, FIELDS, {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def start(kind: str) -> None:
    """Write the project's log as JSON lines: `requests` (each request and what is grave), `errors` (the latter), `off`."""
    logger = logging.getLogger("campaign")
    if kind == "off" or any(isinstance(handler.formatter, JsonLines) for handler in logger.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.propagate = False
    requests.setLevel(logging.INFO if kind == "requests" else logging.WARNING)


class Once(logging.Filter):
    """Lets a record of one place in the code and one kind of error through once in a while, and says how many it held back.

    When descriptors are out or a client sends nonsense, libraries write the same trace thousands of times.
    """

    def __init__(self, every_s: float = REPEATED_EVERY_S) -> None:
        super().__init__()
        self._every_s = every_s
        self._seen: OrderedDict[tuple[object, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is written."""
        kind = record.exc_info[0] if record.exc_info else None
        place = (record.name, record.pathname, record.lineno, record.levelno, kind)
        since, n_held = self._seen.get(place, (float("-inf"), 0))
        now = time.monotonic()
        if now - since < self._every_s:
            self._seen[place] = (since, n_held + 1)
            return False
        if n_held:
            record.msg = f"{record.getMessage()} (and {n_held} times more since)"
            record.args = ()
        self._seen[place] = (now, 0)
        self._seen.move_to_end(place)
        if len(self._seen) > MOST_PLACES:
            self._seen.popitem(last=False)
        return True


def quiet_libraries() -> None:
    """Have what the server's libraries log over and over written once in a while."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "streamlit"]
    for name in (*LIBRARIES, *names):
        logger = logging.getLogger(name)
        if not any(isinstance(each, Once) for each in logger.filters):
            logger.addFilter(Once())


class Seldom:
    """Warnings of one kind, of which one in a while is written, with how many there were."""

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._since, self._n = float("-inf"), 0

    def warning(self, message: str, *args: object) -> None:
        """Write the warning, or count it for the next one."""
        self._n += 1
        now = time.monotonic()
        if now - self._since >= self._every_s:
            logging.getLogger("campaign.limits").warning(message + " (%s)", *args, self._n)
            self._since, self._n = now, 0
