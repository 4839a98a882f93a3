"""The log as JSON lines on standard error: when, how grave, which request, what.

An address's parameters, a reader's network address and a page that does not exist are never written: a search or a mistyped
address may hold what is nobody's business.
"""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
requests: Final = logging.getLogger("campaign.requests")
FIELDS: Final = "fields"


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
        if (asked := request_id.get()) is not None:
            line["request_id"] = asked
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
