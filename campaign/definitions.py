"""The macros of campaign/build/definitions.sql written out for one choice, without the conditions that it does not ask for.

DuckDB plans every condition of a macro, also those that a null field makes true: twenty of them take ten times as long as the
three that a choice asks for. What is written out here is the macros' own text; tests/queries/test_ways.py holds both equal.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

DEFINITIONS: Final = Path(__file__).parent / "build" / "definitions.sql"
EVENTS: Final = ("counted_events_now", "chosen_events_now")
IS_NULL: Final = re.compile(r"\(chosen\)\.(\w+(?:\[\d\])?) is null")


@lru_cache(maxsize=512)
def written_out(macro: str, asked: frozenset[str]) -> str:
    """Return what stands for a table macro that reads chosen events, in parentheses; {p} is the choice.

    `asked` names the fields of the choice that are not null, as the conditions write them: `region`, `words[2]`.
    Raises KeyError if there is no such macro.
    """
    return "(" + re.sub(r"\bchosen\b", "{p}", _expanded(macro, asked)) + ")"


def _expanded(macro: str, asked: frozenset[str]) -> str:
    text = _on_one_line(_body(macro))
    for inner in EVENTS:
        call = f"{inner}(chosen)"
        if call in text:
            text = text.replace(call, f"({_expanded(inner, asked)})")
    conditions = [text for fields, text in _conditions() if fields <= asked]
    text = text.replace("is_chosen(chosen)", " and ".join([_on_one_line(_body("is_public")), *conditions]))
    return text.replace("is_standing(is_withheld, duplicate_of)", _on_one_line(_body("is_standing")))


@cache
def _conditions() -> tuple[tuple[frozenset[str], str], ...]:
    """Return the conditions of is_chosen() after the first one, each with the fields of which a null one makes it true."""
    _public, *conditions = re.split(r"\n {4}and ", _body("is_chosen"))
    return tuple((frozenset(IS_NULL.findall(each)), _on_one_line(each)) for each in conditions)


@cache
def _body(macro: str) -> str:
    """Return what a macro stands for, without comments."""
    text = re.sub(r"^\s*--.*\n", "", DEFINITIONS.read_text("utf-8"), flags=re.MULTILINE)
    found = re.search(
        rf"^create or replace macro {macro}\([^)]*\) as(?: table)?\n(.*?);$", text, re.DOTALL | re.MULTILINE
    )
    if found is None:
        raise KeyError(macro)
    return found[1]


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
