"""Finds the messages to translate, for babel: like its own extractor, and within f-strings on every Python.

Babel's own reads tokens, and an f-string is a single token before Python 3.12.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

Message = tuple[int, str, tuple[str | None, ...], list[str]]


def extract(
    source: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """Yield line, function and arguments of each call of a keyword; an argument that is not a text is None."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            texts = tuple(_text(argument) for argument in node.args)
            if any(text is not None for text in texts):
                yield node.lineno, node.func.id, texts, []


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
