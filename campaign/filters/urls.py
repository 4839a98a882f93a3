"""Addresses: what the reader chose, as it stands behind the `?`, and links that carry it along."""

from html import escape
from urllib.parse import urlencode

from campaign.core.pages import by_key
from campaign.filters import Filters, codes


def pairs(chosen: Filters) -> list[tuple[str, str]]:
    """Return the choice as an address holds it: the current edition, being the default, is left out."""
    current = codes().current_edition
    default = ("edition", str(current) if current else "all")
    return [pair for pair in chosen.to_query() if pair != default]


def link(key: str, chosen: Filters, /, **local: str | int | None) -> str:
    """Return the address of a page (its key) with this choice and page-local parameters, `/regions?region=53`."""
    query = pairs(chosen) + [(name, str(value)) for name, value in local.items() if value is not None]
    return f"/{by_key(key).path}" + (f"?{urlencode(query)}" if query else "")


def lasting_link(key: str, chosen: Filters, /, **local: str | int | None) -> str:
    """Return the address of a page with the whole choice spelt out: a message is read when other editions have followed."""
    query = [*chosen.to_query(), *((name, str(value)) for name, value in local.items() if value is not None)]
    return f"/{by_key(key).path}?{urlencode(query)}"


def api(path: str, chosen: Filters, /, **local: str | int | None) -> str:
    """Return a public address with the whole choice spelt out, so that it keeps its meaning when editions follow."""
    query = [
        pair for pair in chosen.to_query() if pair[0] != "lang" or path.endswith(".csv") or not path.startswith("/api/")
    ]
    query += [(name, str(value)) for name, value in local.items() if value is not None]
    return f"{path}?{urlencode(query)}"


def anchor(href: str, text: str, css: str = "") -> str:
    """Return an HTML link; both are escaped. An address of another site opens apart."""
    apart = "" if href.startswith("/") or href.startswith("#") else ' target="_blank" rel="noopener noreferrer"'
    kind = f' class="{escape(css)}"' if css else ""
    return f'<a href="{escape(href)}"{kind}{apart}>{escape(text)}</a>'
