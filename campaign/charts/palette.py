"""The colours of maps that are drawn without stylesheet; those of assets/campaign.css, by day and by night."""

from typing import Final, NamedTuple

Colour = list[int]


class Palette(NamedTuple):
    """The colours of a theme, as red, green, blue of assets/campaign.css."""

    accent: Colour
    chosen: Colour
    rim: Colour
    ink: Colour
    sea: Colour
    land: Colour
    steps: tuple[Colour, ...]
    on_steps: tuple[Colour, ...]
    nodata: Colour


DAY: Final = Palette(
    accent=[11, 122, 117],
    chosen=[22, 32, 46],
    rim=[255, 255, 255],
    ink=[85, 96, 110],
    sea=[234, 240, 243],
    land=[245, 243, 238],
    steps=([255, 255, 255], [228, 241, 239], [179, 218, 213], [112, 183, 176], [38, 128, 122], [10, 75, 71]),
    on_steps=([22, 32, 46], [22, 32, 46], [22, 32, 46], [22, 32, 46], [255, 255, 255], [255, 255, 255]),
    nodata=[221, 217, 208],
)
NIGHT: Final = Palette(
    accent=[79, 195, 184],
    chosen=[236, 234, 228],
    rim=[18, 22, 29],
    ink=[169, 177, 188],
    sea=[13, 17, 22],
    land=[31, 38, 47],
    steps=([18, 22, 29], [18, 57, 58], [26, 90, 88], [38, 128, 121], [95, 184, 174], [185, 230, 223]),
    on_steps=([236, 234, 228], [236, 234, 228], [236, 234, 228], [255, 255, 255], [18, 22, 29], [18, 22, 29]),
    nodata=[50, 58, 70],
)


def palette(*, dark: bool) -> Palette:
    """Return a theme's colours."""
    return NIGHT if dark else DAY
