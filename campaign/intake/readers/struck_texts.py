"""What is struck out in pages and Word documents: it no longer holds; a row of which nothing else stands is an event called off."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from campaign.intake.fields import columns

_TAGS: Final = frozenset({"del", "s", "strike"})
_RUN: Final = "./ancestor::w:r[1]/w:rPr/*[self::w:strike or self::w:dstrike][not(@w:val='0' or @w:val='false')]"
_CALLED_OFF: Final = "annulé"


def is_struck(node: Any) -> bool:
    """Tell whether an element of a page strikes out what it holds."""
    return node.tag in _TAGS or "line-through" in re.sub(r"\s", "", node.get("style", "")).lower()


def standing(texts: Sequence[Any]) -> list[Any]:
    """Return the texts of a cell of a document that are not struck out; all of them where all are."""
    return (
        [text for text in texts if not (text.tag.endswith("}t") and text.xpath(_RUN))]
        if _stands(texts)
        else list(texts)
    )


def _stands(texts: Iterable[Any]) -> bool:
    return any(text.tag.endswith("}t") and (text.text or "").strip() and not text.xpath(_RUN) for text in texts)


def rows_of_page(table: Any) -> list[int]:
    """Return the numbers of the rows of a page's table whose texts are all struck out."""
    struck = []
    for number, row in enumerate(table.xpath(".//tr")):
        texts = [text for text in row.xpath(".//text()") if text.strip()]
        if texts and all(any(map(is_struck, _around(text, row))) for text in texts):
            struck.append(number)
    return struck


def _around(text: Any, row: Any) -> list[Any]:
    """Return the elements of a row that a text stands in, the row itself last."""
    parent = text.getparent()
    node = parent.getparent() if text.is_tail else parent
    nodes = []
    while node is not None:
        nodes.append(node)
        if node is row:
            break
        node = node.getparent()
    return nodes


def rows_of_document(rows: Sequence[Any]) -> list[int]:
    """Return the numbers of the rows of a document's table whose texts are all struck out."""
    texts = [[text for text in row._tr.xpath(".//w:t") if (text.text or "").strip()] for row in rows]
    return [number for number, each in enumerate(texts) if each and not _stands(each)]


def called_off(grid: list[list[str]], struck: Sequence[int]) -> list[list[str]]:
    """Return a table with a column that calls off the events of its struck rows."""
    header = columns.header_row(grid)
    if header < 0 or not any(number > header for number in struck):
        return grid
    width = max(map(len, grid))
    beside = {header: "Statut"} | {number: _CALLED_OFF for number in struck if number > header}
    return [[*cells, *[""] * (width - len(cells)), beside.get(number, "")] for number, cells in enumerate(grid)]
