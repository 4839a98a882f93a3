"""Pictures of drawings: SVG to PNG by typst, without a browser."""

from functools import cache
from typing import Final

import typst

from campaign.charts.sheet import Size
from campaign.charts.svg import FONTS
from campaign.core import stopping

TIMES: Final = 2  # pixels per unit of the drawing
POINTS_PER_INCH: Final = 72


@cache
def fonts() -> typst.Fonts:
    """Return our own fonts, read once; those of the machine are not used, so that pictures are alike everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def png(document: str, size: Size, times: float = TIMES) -> bytes:
    """Return the picture of an SVG document, `times` pixels per unit."""
    stopping.check()
    page = (
        f"#set page(width: {size.width}pt, height: {size.height}pt, margin: 0pt)\n"
        f'#image("drawing.svg", width: 100%, height: 100%)'
    )
    picture = typst.compile(  # type: ignore[call-overload]  # files in memory are taken, its stub does not say so
        {"main.typ": page.encode(), "drawing.svg": document.encode()},
        format="png",
        ppi=POINTS_PER_INCH * times,
        font_paths=fonts(),
    )
    if isinstance(picture, bytes):
        return picture
    raise TypeError("one page was expected")
