"""The scripts that a page will draw with, named in its head.

Streamlit's front end loads a script for each kind of element, and learns of an element from the first messages of the server;
what those scripts need comes one after another. Named in the head, they are fetched and compiled while the page connects.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

FOLDER: Final = Path(st.__file__).parent / "static"
# Kinds of elements by Streamlit's names of their scripts; tests/browser/test_pages_draw.py compares with what pages load.
EVERYWHERE: Final = ("Html", "purify.es", "Selectbox", "ButtonGroup", "Multiselect")
SVG: Final = ("rehype-raw",)
OF_PAGES: Final = {
    "": SVG,
    "carte": ("DeckGlJsonChart", "webgl-device"),
    "regions": SVG,
    "types": SVG,
    "couverture": SVG,
    "comparer": SVG,
    "agenda": ("TextInput",),
    "rythme": ("DateInput", "PlotlyChart"),
}
IMPORTED: Final = re.compile(r"""(?:from|import)["']\./([\w.-]+\.js)["']""")


@cache
def links(path: str) -> str:
    """Return the `modulepreload` links of the page at `path`: its scripts and what these need, without Streamlit's own."""
    named = set(re.findall(r"static/js/([\w.-]+\.js)", (FOLDER / "index.html").read_text("utf-8")))
    wanted: list[str] = []
    waiting = [found for name in (*EVERYWHERE, *OF_PAGES.get(path, ())) if (found := script(name))]
    while waiting:
        name = waiting.pop(0)
        if name not in named:
            named.add(name)
            wanted.append(name)
            waiting += IMPORTED.findall((FOLDER / "static" / "js" / name).read_text("utf-8"))
    return "\n    ".join(f'<link rel="modulepreload" crossorigin href="/static/js/{name}">' for name in wanted)


def script(name: str) -> str | None:
    """Return the file of one of Streamlit's scripts by its name without version; None if this Streamlit has none."""
    versions = sorted(path.name for path in (FOLDER / "static" / "js").glob(f"{name}.*.js"))
    plain = [version for version in versions if re.fullmatch(rf"{re.escape(name)}\.[\w-]+\.js", version)]
    return plain[0] if plain else None
