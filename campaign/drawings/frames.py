"""Frames with a drawing for other sites: which sites may show them, their addresses, the code to paste."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from campaign.core.html import templates
from campaign.core.settings import settings
from campaign.filters import Filters

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
HEIGHT: Final = 760  # of the frame in the snippet: the drawing at 1000 pixels wide, its notes and table folded
# What a list of hosts may name: CSP takes these as they are.
HOST: Final = re.compile(r"(?:https?://)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?|\*")
ANY: Final = "*"
NONE: Final = "none"


def hosts() -> list[str]:
    """Return the sites that may show frames of ours: `*` is any, the default; none if CAMPAIGN_EMBED_HOSTS says so.

    What names no host is passed over: a list with slips lets in fewer, never everybody.
    """
    listed = settings().embed_hosts.lower().replace(",", " ").split()
    return [host for host in listed if host != NONE and HOST.fullmatch(host)] if listed else [ANY]


def ancestors() -> str:
    """Return what the policy of a frame says of the pages around it."""
    if settings().embed_hosts.strip().lower() == NONE:
        return "'none'"
    return ANY if ANY in hosts() else " ".join(["'self'", *hosts()])


def address(name: str, chosen: Filters, base_url: str) -> str:
    """Return the absolute address of a drawing's frame, with the whole choice spelt out."""
    return f"{base_url}/embed/{name}?{urlencode(chosen.to_query())}"


def snippet(name: str, title: str, chosen: Filters, base_url: str) -> str:
    """Return the HTML to paste into another site."""
    template = TEMPLATES.get_template("snippet.html")
    return template.render(source=address(name, chosen, base_url), title=title, height=HEIGHT)
