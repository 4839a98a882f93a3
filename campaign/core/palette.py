"""The colours, by what they mean: the only place of campaign/ that holds any, in light, in dark and in print.

Those of the campaign at hand, in its own accent, are campaign/profile/colours.py's.

Drawings name a colour by its role, `var(--accent)`; so do stylesheets (tests/units/test_assets.py keeps assets/*.css equal).
In a page the browser finds the reader's theme; `bound` writes a theme's colours into a file.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

Theme = Mapping[str, str]
Colour = list[int]

# Role: by day, by night.
COLOURS: Final[dict[str, tuple[str, str]]] = {
    "paper": ("#FFFFFF", "#12161D"),
    "ground": ("#F5F3EE", "#1B212B"),
    "ink": ("#16202E", "#ECEAE4"),
    "ink-2": ("#55606E", "#A9B1BC"),
    "line": ("#DDD9D0", "#323A46"),
    "context": ("#8A929C", "#8A929C"),
    "quiet": ("#C3C7CC", "#4A5461"),  # many small marks around the chosen one
    "accent": ("#0B7A75", "#4FC3B8"),
    "accent-2": ("#7FB5B1", "#268079"),  # what the file counts of other editions
    "amber": ("#B35C00", "#F0A04B"),
    "bar": ("#CFE6E3", "#1F4A49"),
    "gain": ("#2166AC", "#6AAEE6"),
    "loss": ("#B35806", "#F0A04B"),
    "sea": ("#EAF0F3", "#0D1116"),
    "land": ("#F5F3EE", "#1F262F"),
    # Classes of a map and of a table of numbers, 0 to 5, and the letters on them.
    "step-0": ("#FFFFFF", "#12161D"),
    "step-1": ("#E4F1EF", "#12393A"),
    "step-2": ("#B3DAD5", "#1A5A58"),
    "step-3": ("#70B7B0", "#268079"),
    "step-4": ("#26807A", "#5FB8AE"),
    "step-5": ("#0A4B47", "#B9E6DF"),
    "step-ink-0": ("#16202E", "#ECEAE4"),
    "step-ink-1": ("#16202E", "#ECEAE4"),
    "step-ink-2": ("#16202E", "#ECEAE4"),
    "step-ink-3": ("#16202E", "#FFFFFF"),
    "step-ink-4": ("#FFFFFF", "#12161D"),
    "step-ink-5": ("#FFFFFF", "#12161D"),
    # Changes, 1 (strong fall) to 5 (strong rise), and the letters on them.
    "change-1": ("#B35806", "#F0A04B"),
    "change-2": ("#F1A340", "#8A5A23"),
    "change-3": ("#F7F7F7", "#2A313C"),
    "change-4": ("#92C5DE", "#2F5F8C"),
    "change-5": ("#2166AC", "#6AAEE6"),
    "change-ink-1": ("#FFFFFF", "#12161D"),
    "change-ink-2": ("#16202E", "#FFFFFF"),
    "change-ink-3": ("#16202E", "#ECEAE4"),
    "change-ink-4": ("#16202E", "#FFFFFF"),
    "change-ink-5": ("#FFFFFF", "#12161D"),
}
LIGHT: Final[Theme] = {role: light for role, (light, _dark) in COLOURS.items()}
DARK: Final[Theme] = {role: dark for role, (_light, dark) in COLOURS.items()}
# On paper and in workbooks: by day, and the heads of columns that are needed or not.
PRINT: Final[Theme] = {**LIGHT, "needed": "#FCE9DD", "free": "#EFEFEF"}

ROLE: Final = re.compile(r'(?<==")var\(--([a-z0-9-]+)\)(?=")')


def var(role: str) -> str:
    """Return the name of a colour, for an attribute or a style; KeyError if there is none of that role."""
    COLOURS[role]
    return f"var(--{role})"


def bound(document: str, theme: Theme) -> str:
    """Return a drawing with a theme's colours in place of their names."""
    return ROLE.sub(lambda match: theme[match[1]], document)


def css(by_day: Theme, by_night: Theme) -> str:
    """Return the colours as a style: dark where the reader's screen asks for it or `data-theme` does, light in print."""
    light, dark = (
        "".join(f"--{role}:{colour};" for role, colour in theme.items()) + f"color-scheme:{name}"
        for name, theme in (("light", by_day), ("dark", by_night))
    )
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{[data-theme=auto]{{{dark}}}}}"
        f"@media screen{{[data-theme=dark]{{{dark}}}}}"
    )


def rgb(theme: Theme, role: str) -> Colour:
    """Return a colour as red, green, blue."""
    return list(bytes.fromhex(theme[role].removeprefix("#")))


class Palette(NamedTuple):
    """The colours of maps that are drawn without stylesheet, as red, green, blue."""

    accent: Colour
    chosen: Colour
    rim: Colour
    ink: Colour
    sea: Colour
    land: Colour
    steps: tuple[Colour, ...]
    on_steps: tuple[Colour, ...]
    nodata: Colour


def of(theme: Theme) -> Palette:
    """Return a theme's colours for maps that are drawn without stylesheet."""
    roles = ("accent", "ink", "paper", "ink-2", "sea", "land")
    accent, chosen, rim, ink, sea, land = (rgb(theme, role) for role in roles)
    steps, on_steps = (tuple(rgb(theme, f"{name}-{k}") for k in range(6)) for name in ("step", "step-ink"))
    return Palette(accent, chosen, rim, ink, sea, land, steps, on_steps, nodata=rgb(theme, "line"))
