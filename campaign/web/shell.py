"""Streamlit's HTML page in the reader's language: lang, title, description, Open Graph tags with the view's figure.

An address that is no page of ours gets the same HTML with status 404: the frame shows that there is no such page.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.api import lanes
from campaign.charts.card import CARD
from campaign.core.html import templates
from campaign.core.pages import paths
from campaign.core.settings import ROOT, settings
from campaign.profile import colours
from campaign.web.heading import Heading, heading
from campaign.web.security import page_policy

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
# What is not a page: Streamlit's own addresses, and ours.
PASSED: Final = re.compile(
    r"/(?:_stcore|static|media|component|app/static|auth|oauth2callback|assets|api|badge|figures|kits|reports|apercu|embed|healthz)"
    r"(?:/|$)"
    r"|/(?:manifest\.json|robots\.txt|sitemap\.xml|near\.json|ask\.json|alerts\.atom|communes\.json|programme\.(?:pdf|txt))$"
)
ICONS: Final = re.compile(r"/favicon\.(?:ico|png)$")
# A conditional or compressed answer could not be rewritten.
DROPPED: Final = frozenset({b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"})
LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
# What Streamlit's front end otherwise finds out by asking below the page's path before it connects: that the server is at
# the root, and that no other site may send it messages. Its calendars follow the page's language, not the browser's.
CONNECTION: Final = Markup(
    "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + '/', HOST_CONFIG: "
    "{allowedOrigins: [location.origin], useExternalAuthToken: false, enableCustomParentMessages: false}};"
    "Object.defineProperty(navigator, 'language', "
    "{get: () => document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR'})</script>"
)


class Shell:
    """Rewrites the HTML page on its way out; passes everything else on untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or PASSED.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        if ICONS.fullmatch(scope["path"]):
            await self._app({**scope, "path": "/assets/icon.png", "raw_path": b"/assets/icon.png"}, receive, send)
            return
        plain_headers = [pair for pair in scope["headers"] if pair[0] not in DROPPED]
        caught = _Caught(send)
        await self._app({**scope, "method": "GET", "headers": plain_headers}, receive, caught.send)
        if caught.html is not None:
            response = await lanes.run("pages", _answer, scope, caught.html)
            await response(scope, receive, send)


class _Caught:
    """Keeps the body of an HTML answer back; sends any other on."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.html: bytes | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self.html = b""
                return
        if self.html is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self.html += message.get("body", b"")


def _answer(scope: Scope, html: bytes) -> Response:
    path = scope["path"].strip("/")
    headers = Headers(scope=scope)
    base_url = settings().public_url.rstrip("/") or f"{scope['scheme']}://{headers['host']}"
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    page = rewritten(html.decode(), heading(path, pairs, base_url))
    body = page.encode()
    policy = page_policy(headers["host"], page)
    response_headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Security-Policy": policy}
    if "gzip" in headers.get("accept-encoding", ""):
        body = gzip.compress(body, 5, mtime=0)
        response_headers["Content-Encoding"] = "gzip"
    response = Response(body, 200 if path in paths() else 404, media_type="text/html", headers=response_headers)
    if scope["method"] == "HEAD":
        response.body = b""
    return response


def rewritten(html: str, head: Heading) -> str:
    """Return Streamlit's page with our head: its own addresses made absolute, so that they hold under any path."""
    html = html.replace('="./', '="/')
    html = re.sub(r"<html[^>]*>", f'<html lang="{head.lang}">', html, count=1)
    html = re.sub(
        r"<link rel=\"shortcut icon\"[^>]*>", '<link rel="icon" type="image/png" href="/assets/icon.png" />', html
    )
    html = re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.DOTALL)
    html = re.sub(r"<title>.*?</title>", lambda _found: _tags(head), html, count=1, flags=re.DOTALL)
    html = html.replace("</head>", f"{_files()}</head>", 1)
    no_script = TEMPLATES.get_template("no_script.html").render(head=head)
    return re.sub(r"<body[^>]*>", lambda match: match.group() + no_script, html, count=1)


def _tags(head: Heading) -> str:
    properties = {
        "og:type": "website",
        "og:site_name": head.site_name,
        "og:title": head.headline,
        "og:description": head.description,
        "og:url": head.canonical,
        "og:locale": LOCALES[head.lang],
        "og:image": head.picture,
        "og:image:type": "image/png",
        "og:image:width": str(CARD.width),
        "og:image:height": str(CARD.height),
        "og:image:alt": head.picture_alt,
    }
    names = {
        "description": head.description,
        "twitter:card": "summary_large_image",
        "twitter:title": head.headline,
        "twitter:description": head.description,
        "twitter:image": head.picture,
        "twitter:image:alt": head.picture_alt,
        **({} if head.is_indexed else {"robots": "noindex"}),
    }
    return TEMPLATES.get_template("head.html").render(
        head=head,
        names=names,
        properties=properties,
        connection=CONNECTION,
        structured=Markup(head.structured),  # noqa: S704  JSON in a script, escaped where it is made
    )


def _files() -> str:
    """Return the links to our own styles and scripts, after Streamlit's; campaign.css comes last, then the campaign's accent."""
    names = sorted(path.name for path in (ROOT / "assets").iterdir() if path.suffix in (".css", ".js"))
    styles = sorted((name for name in names if name.endswith(".css")), key=lambda name: name == "campaign.css")
    links = [f'<link rel="stylesheet" href="{asset(name)}" />' for name in styles]
    links += [f'<script defer src="{asset(name)}"></script>' for name in names if name.endswith(".js")]
    links += [f"<style>{style}</style>" for style in [colours.overriding()] if style]
    return "\n    ".join(links) + "\n  "


def asset(name: str) -> str:
    """Return the address of one of our static files with the version of its content."""
    path = ROOT / "assets" / name
    return f"/assets/{name}?v={_version(path, path.stat().st_mtime_ns)}" if path.is_file() else f"/assets/{name}"


@lru_cache(maxsize=64)
def _version(path: Path, _changed: int) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()
