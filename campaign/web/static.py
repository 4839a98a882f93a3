"""Static files, ours and Streamlit's: compressed once, kept in memory within bounds, revalidated or immutable.

Streamlit sends its scripts as they are (11 MB for a first page) and leaves compression to a proxy; here each file is
compressed at its first request, in a worker thread, with Brotli or gzip.
"""

import gzip
import hashlib
import mimetypes
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import brotli
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from campaign.api import problems
from campaign.core.language import say

STREAMLIT_FILES: Final = Path(streamlit.__file__).parent / "static"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATED: Final = "public, no-cache"
MAX_CACHED_BYTES: Final = 48 * 1024 * 1024
MIN_COMPRESSED_BYTES: Final = 512
BROTLI_QUALITY: Final = 7
COMPRESSIBLE: Final = frozenset(
    {".js", ".css", ".json", ".geojson", ".svg", ".html", ".txt", ".map", ".pbf", ".ttf", ".wasm"}
)
TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".geojson": "application/geo+json",
    ".woff2": "font/woff2",
    ".pbf": "application/x-protobuf",
}
ENCODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: brotli.compress(content, quality=BROTLI_QUALITY),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}


@dataclass(frozen=True)
class Body:
    """A file's content as it is sent in one encoding ("" for none)."""

    content: bytes
    encoding: str
    etag: str


Key = tuple[str, int, int, str]


class BodyCache:
    """Bodies of files by name, change and encoding, the least recently used dropped beyond MAX_CACHED_BYTES."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[Key, Body] = OrderedDict()
        self._n_bytes = 0
        self._lock = threading.Lock()
        self._making: dict[Key, threading.Lock] = {}

    def get(self, path: Path, encoding: str) -> Body:
        """Return the file's body, made at the first call (waiting if another thread makes it); OSError without file."""
        stat = path.stat()
        key = (str(path), stat.st_mtime_ns, stat.st_size, encoding)
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._bodies:
                    return self._bodies[key]
            body = _body_of(path, encoding)
            self._keep(key, body)
            return body

    def _keep(self, key: Key, body: Body) -> None:
        with self._lock:
            self._making.pop(key, None)
            self._bodies[key] = body
            self._n_bytes += len(body.content)
            while self._n_bytes > MAX_CACHED_BYTES and len(self._bodies) > 1:
                _dropped, old = self._bodies.popitem(last=False)
                self._n_bytes -= len(old.content)


CACHE: Final = BodyCache()


def _body_of(path: Path, encoding: str) -> Body:
    content = path.read_bytes()
    etag = hashlib.blake2b(content, digest_size=12).hexdigest()
    if encoding:
        compressed = ENCODERS[encoding](content)
        if len(compressed) < len(content):
            return Body(compressed, encoding, f'W/"{etag}"')
    return Body(content, "", f'W/"{etag}"')


class Files:
    """A folder served at a mount: immutable where the address carries a version (`?v=`), else revalidated by ETag."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        relative = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        is_versioned = bool(parse_qs(scope["query_string"]).get(b"v"))
        response = await answer(scope, self._folder, relative, IMMUTABLE if is_versioned else REVALIDATED)
        await response(scope, receive, send)


class StreamlitFiles:
    """Serves Streamlit's own scripts and styles (`/static/…`, named by their content) in its place."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        is_ours = (
            scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"].startswith("/static/")
        )
        if not is_ours or "range" in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        response = await answer(scope, STREAMLIT_FILES, scope["path"].lstrip("/"), IMMUTABLE)
        await response(scope, receive, send)


async def answer(scope: Scope, folder: Path, relative: str, cache_control: str) -> Response:
    """Return the file of that relative path in the folder, or why not: 404 outside of it, 405, 304."""
    if scope["method"] not in ("GET", "HEAD"):
        return problems.problem(405, say("Un fichier se lit seulement : GET, HEAD."), headers={"Allow": "GET, HEAD"})
    headers = Headers(scope=scope)
    path = await run_in_threadpool(_existing, folder, relative)
    if path is None:
        return problems.problem(404, say("« {path} » n'est pas un fichier de ce service.", path=scope["path"]))
    body = await run_in_threadpool(CACHE.get, path, _encoding(path, headers.get("accept-encoding", "")))
    response_headers = {"ETag": body.etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if body.etag in (tag.strip() for tag in headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=response_headers)
    if body.encoding:
        response_headers["Content-Encoding"] = body.encoding
    guessed = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = Response(body.content, media_type=guessed, headers=response_headers)
    if scope["method"] == "HEAD":
        response.body = b""
    return response


def _existing(folder: Path, relative: str) -> Path | None:
    try:
        path = (folder / relative).resolve()
        is_inside = path.is_relative_to(folder.resolve())
        return path if is_inside and path.is_file() else None
    except (OSError, ValueError):
        return None


def _encoding(path: Path, accepted: str) -> str:
    if path.suffix not in COMPRESSIBLE or path.stat().st_size < MIN_COMPRESSED_BYTES:
        return ""
    weighed = (each.partition(";") for each in accepted.lower().replace(" ", "").split(","))
    offered = {name for name, _separator, weight in weighed if weight not in ("q=0", "q=0.0")}
    return next((encoding for encoding in ENCODERS if encoding in offered), "")
