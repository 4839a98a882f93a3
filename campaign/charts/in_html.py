"""A drawing within HTML: in a wide and a narrow shape, in the reader's light or dark scheme."""

import re
from typing import Final

from campaign.charts import palette
from campaign.charts.sheet import SIZES, Drawing, Size, render

NARROW: Final = Size(420, 620, 21, 13, 16)
NARROW_BELOW: Final = 620  # pixels of the frame


def shapes(drawn: Drawing) -> str:
    """Return the drawing in a wide and a narrow shape, of which the page's style shows one; names are the drawing's own."""
    wide = _renamed(render(drawn, SIZES["a4"], is_alone=False, theme=None), drawn.name)
    narrow = _renamed(render(drawn, NARROW, is_alone=False, theme=None), f"{drawn.name}-narrow")
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def _renamed(document: str, prefix: str) -> str:
    """Return a drawing whose names differ from those of the same drawing in another shape."""
    document = re.sub(r'\bid="([\w-]+)"', rf'id="{prefix}-\1"', document)
    document = document.replace('aria-labelledby="title desc"', f'aria-labelledby="{prefix}-title {prefix}-desc"')
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{prefix}-\1)", document)


def style() -> str:
    """Return the colours of drawings as a style, and which of the shapes is shown."""
    return (
        palette.css() + "svg{display:block;width:100%;height:auto}"
        f".narrow{{display:none}}@media screen and (max-width:{NARROW_BELOW}px){{.wide{{display:none}}.narrow{{display:block}}}}"
    )
