"""A sitemap: the pages that it lists, of the same host, and the schema.org events that they hold, as one document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import lxml.etree
import lxml.html
import orjson

from campaign.core.settings import settings
from campaign.follow import network
from campaign.follow.fetcher import Answer, Fetcher
from campaign.follow.problems import SourceError
from campaign.intake.readers import structured

DOCUMENT: Final = "evenements.json"
HEAD: Final = 4096
IDENTIFIERS: Final = ("@id", "identifier", "url")


def is_sitemap(path: Path) -> bool:
    """Tell a sitemap, or a list of them, by its first letters."""
    with path.open("rb") as source:
        head = source.read(HEAD)
    return b"<urlset" in head or b"<sitemapindex" in head


def read(fetcher: Fetcher, answer: Answer, folder: Path) -> Path:
    """Return a document of the events of all pages; raises SourceError for pages that cannot be read, or too many of them.

    A page that is listed and gone has no event; pages of other hosts are not the source's.
    """
    origin = network.origin_of(answer.url)
    pages = [url for url in _listed(fetcher, answer) if network.origin_of(url) == origin]
    if len(pages) > settings().follow_pages:
        raise SourceError("too_many_pages", limit=settings().follow_pages)
    documents: list[Any] = []
    for url in dict.fromkeys(pages):
        try:
            page: Answer = fetcher.get(url)
        except SourceError as error:
            if error.code == "not_found":
                continue
            raise
        documents += _documents(page.path.read_bytes(), str(url))
        page.path.unlink()
    path = folder / DOCUMENT
    path.write_bytes(orjson.dumps({"@context": "https://schema.org", "@graph": documents}) if documents else b"")
    return path


def _listed(fetcher: Fetcher, answer: Answer) -> Iterator[httpx.URL]:
    """Yield the pages of a sitemap, and of those that it lists itself."""
    name, addresses = _addresses(answer.path)
    if name != "sitemapindex":
        yield from addresses
        return
    origin = network.origin_of(answer.url)
    for url in addresses:
        if network.origin_of(url) == origin:
            inner: Answer = fetcher.get(url)
            yield from _addresses(inner.path)[1]


def _addresses(path: Path) -> tuple[str, list[httpx.URL]]:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = lxml.etree.parse(str(path), parser).getroot()
        texts = [str(text).strip() for text in root.xpath("./*/*[local-name()='loc']/text()")]
        return lxml.etree.QName(root).localname, [httpx.URL(text) for text in texts]
    except (lxml.etree.LxmlError, httpx.InvalidURL) as error:
        raise SourceError("cut_short") from error


def _documents(content: bytes, url: str) -> list[Any]:
    """Return the JSON-LD of a page that holds events; one that names itself nowhere is named by its page."""
    try:
        page = lxml.html.fromstring(content)
    except (lxml.etree.LxmlError, ValueError):
        return []
    documents = []
    for script in page.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            document = json.loads(script)
        except ValueError:
            continue  # a page may hold a broken script beside good ones
        if next(structured.events(document), None) is not None:
            _name(document, url)
            documents.append(document)
    return documents


def _name(document: Any, url: str) -> None:
    if isinstance(document, list):
        for item in document:
            _name(item, url)
    elif isinstance(document, dict):
        if "startDate" in document and not any(document.get(key) for key in IDENTIFIERS):
            document["@id"] = url
        elif isinstance(graph := document.get("@graph"), list):
            _name(graph, url)
