"""A drawing within HTML: in a wide and a narrow shape, in the reader's light or dark scheme."""

import re
from typing import Final

from campaign.charts import svg
from campaign.charts.sheet import SIZES, Drawing, Size, render

NARROW: Final = Size(420, 620, 21, 13, 16)
NARROW_BELOW: Final = 620  # pixels of the frame
# Colours of drawings are attributes: a style of theirs in the dark wins over them.
DARK: Final = {
    svg.PAPER: "#12161D",
    svg.GROUND: "#1B212B",
    svg.INK: "#ECEAE4",
    svg.INK_2: "#A9B1BC",
    svg.LINE: "#323A46",
    svg.ACCENT: "#4FC3B8",
    svg.AMBER: "#F0A04B",
    svg.BAR: "#1F4A49",
    "#7FB5B1": "#268079",
    **dict(zip(svg.STEPS[1:], ("#12393A", "#1A5A58", "#268079", "#5FB8AE", "#B9E6DF"), strict=True)),
}


def shapes(drawn: Drawing) -> str:
    """Return the drawing in a wide and a narrow shape, of which the page's style shows one; names are the drawing's own."""
    wide = _renamed(render(drawn, SIZES["a4"], is_alone=False), drawn.name)
    narrow = _renamed(render(drawn, NARROW, is_alone=False), f"{drawn.name}-narrow")
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def _renamed(document: str, prefix: str) -> str:
    """Return a drawing whose names differ from those of the same drawing in another shape."""
    document = re.sub(r'\bid="([\w-]+)"', rf'id="{prefix}-\1"', document)
    document = document.replace('aria-labelledby="title desc"', f'aria-labelledby="{prefix}-title {prefix}-desc"')
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{prefix}-\1)", document)


def palette() -> str:
    """Return the colours of LOOK as a style, dark where the reader asks for it or `data-theme` does."""
    swaps = "".join(
        f'{{0}} [fill="{light}"]{{{{fill:{dark}}}}}{{0}} [stroke="{light}"]{{{{stroke:{dark}}}}}'
        for light, dark in DARK.items()
    )
    names = (
        "--paper:#12161D;--ground:#1B212B;--ink:#ECEAE4;--soft:#A9B1BC;--line:#323A46;--accent:#4FC3B8;--amber:#F0A04B;"
        "color-scheme:dark"
    )
    dark = f"{{0}}{{{{{names}}}}}{swaps}"
    return (
        ":root{--paper:#FFFFFF;--ground:#F5F3EE;--ink:#16202E;--soft:#55606E;--line:#DDD9D0;--accent:#0B7A75;--amber:#B35C00;"
        "color-scheme:light}@media screen and (prefers-color-scheme:dark){"
        + dark.format("[data-theme=auto]")
        + "}"
        + dark.format("[data-theme=dark]")
        + "svg{display:block;width:100%;height:auto}"
        f".narrow{{display:none}}@media screen and (max-width:{NARROW_BELOW}px){{.wide{{display:none}}.narrow{{display:block}}}}"
    )
