"""The icon of the pages: three rising columns on the campaign's accent."""

from functools import lru_cache
from typing import Final

from campaign.charts.picture import png
from campaign.charts.sheet import Size
from campaign.core.palette import LIGHT
from campaign.core.settings import ROOT
from campaign.profile import colours

FILE: Final = ROOT / "assets" / "icon.png"
SIDE: Final = 96
COLUMNS: Final = ((22, 52, 24), (42, 36, 40), (62, 24, 52))  # left, top, height


def icon() -> bytes:
    """Return the icon as PNG: the file of assets/ in the palette's own accent, drawn in any other."""
    theme = colours.light()
    if theme["accent"] == LIGHT["accent"]:
        return FILE.read_bytes()
    return _icon(theme["accent"], theme["paper"])


@lru_cache(maxsize=4)
def _icon(ground: str, columns: str) -> bytes:
    bars = "".join(
        f'<rect x="{left}" y="{top}" width="14" height="{height}" fill="{columns}"/>' for left, top, height in COLUMNS
    )
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect x="2" y="2" width="92" height="92" rx="14" fill="{ground}"/>{bars}</svg>'
    )
    return png(document, Size(SIDE, SIDE, 0, 0, 0), times=1)
