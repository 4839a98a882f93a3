"""What search engines are told: what to leave (`/robots.txt`), and which pages there are (`/sitemap.xml`)."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.core import language
from campaign.core.html import templates
from campaign.core.pages import PAGES
from campaign.core.settings import settings

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
# What costs work and is nobody's search result: documents made on demand, frames of other sites, Streamlit's own addresses.
LEFT: Final = (
    "/_stcore/",
    "/api/",
    "/kits/",
    "/reports/",
    "/programme.pdf",
    "/embed/",
    "/figures/",
    "/near.json",
    "/communes.json",
)
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
    addresses = [f"{base}/{quote(page.path)}" for page in PAGES]
    pages = [
        {each: address if each == "fr" else f"{address}?lang={each}" for each in language.LANGUAGES}
        for address in addresses
    ]
    text = TEMPLATES.get_template("sitemap.html").render(pages=pages)
    return Response(text, media_type="application/xml", headers=HEADERS)
