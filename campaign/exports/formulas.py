"""Texts that a spreadsheet would run as a formula, or take for a number, on their way into a cell."""

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# A cell that begins like this is run, also after blanks that an import takes off; full-width signs count in some locales.
FORMULA: Final = "^[ \u00a0\v\f]*[=+\\-@\t\r\n＝＋－＠]"
# A cell that a spreadsheet takes for another number than it writes: zeros before (01053), more digits than it keeps, 12e34.
NUMBER: Final = r"^(?:0[0-9]+|[0-9]{16,}|[0-9]+[eE][0-9]+)$"
_STARTS: Final = re.compile(FORMULA)


def defused(text: str) -> str:
    """Return a text that a spreadsheet shows rather than runs: led by an apostrophe where it would be run."""
    return f"'{text}" if _STARTS.match(text) else text


def harmless(values: pa.Array) -> pa.Array:
    """Return the texts of a column, each defused."""
    runs = pc.match_substring_regex(values, FORMULA)
    if not pc.any(runs).as_py():  # seldom does any
        return values
    return pc.if_else(runs, pc.binary_join_element_wise("'", values, ""), values)


def as_literal_text(values: pa.Array) -> pa.Array:
    """Return the texts of a column, each led by an apostrophe where a spreadsheet would change it into a number."""
    changes = pc.match_substring_regex(values, NUMBER)
    if not pc.any(changes).as_py():
        return values
    return pc.if_else(changes, pc.binary_join_element_wise("'", values, ""), values)
