"""Where a page of events ends: the opaque `after` of addresses, checked when it comes back."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CHECK_BYTES: Final = 4


@dataclass(frozen=True)
class Cursor:
    """The last event of a page: the next page starts after it, in the order of starts_at and event_id."""

    starts_instant: datetime
    event_id: str

    def encoded(self) -> str:
        """Return the cursor as `after` takes it."""
        microseconds = (self.starts_instant - _EPOCH) // timedelta(microseconds=1)
        content = f"{microseconds}|{self.event_id}".encode()
        return base64.urlsafe_b64encode(_check(content) + content).decode().rstrip("=")


def decoded(value: str) -> Cursor:
    """Return the cursor that `after` holds; raises ValueError if no page of ours gave it."""
    raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    check, content = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    if check != _check(content) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != value:
        raise ValueError("not a cursor of ours")
    microseconds, _separator, event_id = content.decode().partition("|")
    return Cursor(_EPOCH + timedelta(microseconds=int(microseconds)), event_id)


def _check(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECK_BYTES, person=b"after").digest()
