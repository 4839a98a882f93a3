"""Sign-ins that were ended: what a cookie says of one is no longer believed, in any process, though it was signed for a month.

The list stands beside the event file (of a lake: beside its local copies), for all processes that serve it; a line is a hash of
the sign-in, which says nothing of the person, and when it ended.
"""

import fcntl
import hashlib
import json
import logging
import os
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from campaign.core.settings import settings
from campaign.store.lake import is_lake

logger = logging.getLogger(__name__)

KEPT_S: Final = 31 * 86_400  # Streamlit's cookie lives 30 days
CLAIMS: Final = ("iss", "sub", "iat", "nonce", "exp")  # what tells one sign-in from the next

_here: set[str] = set()  # ended in this process, also where the list could not be written


def place() -> Path:
    """Return where the list stands."""
    db = settings().db
    return settings().lake_copies / "signed-out" if is_lake(db) else db.with_name(f"{db.name}.signed-out")


def key_of(claims: Mapping[str, object]) -> str | None:
    """Return the name of a sign-in; None where the provider says nothing that tells one from the next."""
    if not (claims.get("iat") or claims.get("nonce")):
        return None
    known = [str(claims.get(name)) for name in CLAIMS]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def end(claims: Mapping[str, object]) -> None:
    """Put a sign-in on the list; those that are older than any cookie leave it."""
    key = key_of(claims)
    if key is None:
        return
    _here.add(key)
    now = time.time()
    try:
        with os.fdopen(os.open(place(), os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            lines = [line for line in file if float(line.split()[1]) > now - KEPT_S]
            file.seek(0)
            file.writelines([*lines, f"{key} {now:.0f}\n"])
            file.truncate()
    except (OSError, ValueError, IndexError) as error:
        logger.error("La liste des connexions terminées n'a pas pu être écrite (%s) : %s", place(), error)


def is_ended(claims: Mapping[str, object]) -> bool:
    """Whether this sign-in was ended, here or in another process."""
    key = key_of(claims)
    return key is not None and (key in _here or key in _listed())


def _listed() -> frozenset[str]:
    path = place()
    try:
        stat = path.stat()
    except OSError:
        return frozenset()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> frozenset[str]:
    return frozenset(line.split()[0] for line in path.read_text("utf-8").splitlines() if line)


def claims_of(cookies: dict[str, str]) -> dict[str, object]:
    """Return what Streamlit's signed cookie says of the person; nothing if there is none, or it was not signed here."""
    cookie = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    claims = json.loads(cookie) if cookie else {}
    return claims if isinstance(claims, dict) else {}
