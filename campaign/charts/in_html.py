"""A drawing within HTML: in shapes of several widths of which the style shows one, in the reader's light or dark scheme.

Frames and archives take the sheet with its words, pages the drawing alone: they set title and source themselves.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from campaign.charts.sheet import SIZES, Drawing, Size, body, render
from campaign.core.language import _
from campaign.profile import colours

NARROW: Final = Size(420, 620, 21, 13, 16)
NARROW_BELOW: Final = 620  # pixels of the frame
# On pages: width in units, and size of letters; assets/campaign.css says from which width of the column each is shown.
SHAPES: Final = {"wide": (1000, 16.0), "middle": (640, 15.0), "narrow": (340, 14.0)}
# Possessive: a page's drawings are 100 kB of shapes, gone through at each change of a filter.
_ONE: Final = r"<svg\b[^<]*+(?:<(?!/svg>)[^<]*+)*+</svg>"
SVG: Final = re.compile(rf"(?:{_ONE}\s*)+")
CARRIED: Final = re.compile(r'<pre class="carried" hidden>(.*?)</pre>', re.DOTALL)
SHAPE: Final = re.compile(_ONE)
MARK: Final = re.compile(r'<a data-mark="([^"]*)"( data-facts="[^"]*")?><title>([^<]*)</title>')


def shapes(drawn: Drawing) -> str:
    """Return the drawing in a wide and a narrow shape, of which the page's style shows one; names are the drawing's own."""
    wide = _renamed(render(drawn, SIZES["a4"], is_alone=False, is_bound=False), drawn.name)
    narrow = _renamed(render(drawn, NARROW, is_alone=False, is_bound=False), f"{drawn.name}-narrow")
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def shapes_of(drawn: Drawing) -> list[str]:
    """Return the shapes that a page has of a drawing, the widest first."""
    return [name for name in SHAPES if not (drawn.is_compact and name == "wide")]


def on_page(drawn: Drawing) -> str:
    """Return the drawing alone in the shapes of a page; its marks lead nowhere yet."""
    documents = []
    for name in shapes_of(drawn):
        width, letters = SHAPES[name]
        css = f"chart {name} widest" if drawn.is_compact and name == "middle" else f"chart {name}"
        inner, height = body(drawn, width, letters)
        inner = MARK.sub(lambda mark: _with_facts(mark, drawn), inner)
        document = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {width} {height:g}" role="img" '
            f'aria-label="{escape(drawn.alt)}">{inner}</svg>'
        )
        documents.append(_renamed(document, f"{drawn.name}-{name}"))
    return "".join(documents)


def _with_facts(mark: re.Match[str], drawn: Drawing) -> str:
    facts = drawn.facts.get(unescape(mark[1]))
    facts_attribute = f' data-facts="{escape(" · ".join(facts))}"' if facts else ""
    return f'<a data-mark="{mark[1]}"{facts_attribute}><title>{mark[3]}</title>'


def carried(html: str) -> str:
    """Return HTML with its drawings as text, which assets/campaign.js draws as soon as it is there.

    `st.html` strips SVG. Markdown keeps it but makes a component of each of its thousands of elements: 2 to 3 times the
    browser's work for a page and for each change of a filter.
    """
    return SVG.sub(lambda match: f'<pre class="carried" hidden>{escape(match[0], quote=False)}</pre>', html)


def uncarried(html: str) -> str:
    """Return HTML with its drawings as the browser shows them."""
    return CARRIED.sub(lambda match: unescape(match[1]), html)


def led(html: str, hrefs: Mapping[str, str], selected: str | None = None) -> str:
    """Return the shapes of a page with their marks as links, by the marks' keys; what has marks is a group, no image.

    `selected` is the key of the reader's choice. A mark that leads nowhere can be focused all the same: the first of each
    shape stands in the order of the page, arrows lead to the others (assets/touch.js).
    """
    return SHAPE.sub(lambda match: _led(match[0], hrefs, selected), html)


def _led(shape: str, hrefs: Mapping[str, str], selected: str | None) -> str:
    n_focused = 0

    def link(match: re.Match[str]) -> str:
        nonlocal n_focused
        href, words = hrefs.get(unescape(match[1])), escape(unescape(match[3]))
        facts = match[2] or ""
        if href is None:
            n_focused += 1
            order = 0 if n_focused == 1 else -1
            return f'<a data-mark="{match[1]}"{facts} role="img" tabindex="{order}" aria-label="{words}"><title>{words}</title>'
        is_ours = href.startswith("/")
        apart = 'target="_self"' if is_ours else 'target="_blank" rel="noopener noreferrer"'
        here = ' aria-current="true"' if unescape(match[1]) == selected else ""
        go = escape(_("Voir") if is_ours else _("Ouvrir la source (autre site)"))
        return (
            f'<a href="{escape(href)}" {apart}{here}{facts} data-go="{go}" aria-label="{words}"><title>{words}</title>'
        )

    marked, n_marks = MARK.subn(link, shape)
    return marked.replace('role="img"', 'role="group"', 1) if n_marks else marked


def _renamed(document: str, prefix: str) -> str:
    """Return a drawing whose names differ from those of the same drawing in another shape."""
    document = re.sub(r'\bid="([\w-]+)"', rf'id="{prefix}-\1"', document)
    document = document.replace('aria-labelledby="title desc"', f'aria-labelledby="{prefix}-title {prefix}-desc"')
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{prefix}-\1)", document)


def style() -> str:
    """Return the colours of drawings as a style, and which of the shapes is shown."""
    return (
        colours.css() + "svg{display:block;width:100%;height:auto}"
        f".narrow{{display:none}}@media screen and (max-width:{NARROW_BELOW}px){{.wide{{display:none}}.narrow{{display:block}}}}"
    )
