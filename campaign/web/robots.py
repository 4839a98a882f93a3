"""What search engines are told: what to leave (`/robots.txt`), and which pages there are (`/sitemap.xml`)."""

from html import escape
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.core import language
from campaign.core.pages import PAGES
from campaign.core.settings import settings

# What costs work and is nobody's search result: documents made on demand, frames of other sites, Streamlit's own addresses.
LEFT: Final = ("/_stcore/", "/api/", "/kits/", "/reports/", "/programme.pdf", "/embed/", "/figures/", "/near.json")
HEADERS: Final = {"Cache-Control": "public, max-age=3600"}


def routes() -> list[BaseRoute]:
    """Return both addresses."""
    return [Route("/robots.txt", robots, methods=["GET"]), Route("/sitemap.xml", sitemap, methods=["GET"])]


def base_of(request: Request) -> str:
    """Return the dashboard's absolute address without a final slash: CAMPAIGN_PUBLIC_URL, else this request's host."""
    return settings().public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"


async def robots(request: Request) -> Response:
    """Answer with the rules for all robots."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in LEFT),
        "",
        f"Sitemap: {base_of(request)}/sitemap.xml",
        "",
    ]
    return Response("\n".join(lines), media_type="text/plain", headers=HEADERS)


async def sitemap(request: Request) -> Response:
    """Answer with every public page in each language, each naming its translations."""
    base = base_of(request)
    entries = []
    for page in PAGES:
        address = f"{base}/{quote(page.path)}"
        of_language = {each: address if each == "fr" else f"{address}?lang={each}" for each in language.LANGUAGES}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{each}" href="{escape(href)}"/>'
            for each, href in of_language.items()
        )
        entries += [f"<url><loc>{escape(href)}</loc>{links}</url>" for href in of_language.values()]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(entries)
        + "\n</urlset>\n"
    )
    return Response(text, media_type="application/xml", headers=HEADERS)
