"""Functions are named for what they return or do, in the words of the glossary."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYS_NOTHING = frozenset({"asked", "done", "found", "kept", "made", "said", "shown", "told"})


def test_no_function_is_named_by_a_participle_that_says_nothing() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.strip("_") in SAYS_NOTHING
    ]
    assert named == []


def test_values_are_named_for_what_they_hold() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (name := _name_of_value(node)) in SAYS_NOTHING
    ]
    assert named == []


def modules() -> list[Path]:
    """Return the modules of the code, the pages and the tests."""
    return sorted(path for folder in ("campaign", "pages", "tests") for path in (ROOT / folder).rglob("*.py"))


def _name_of_value(node: ast.AST) -> str:
    """Return the name that a parameter or an assignment gives; "" for anything else."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""


def test_no_test_stops_the_clock_of_everybody() -> None:
    """A server of another test that looked at it meanwhile waits a day for its next turn: a module's `time` is replaced instead."""
    stopped = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"""setattr\((?:[\w.]*\btime, |["'](?:[\w.]+\.)?time\.)["']?(?:monotonic|perf_counter)""", line)
    ]
    assert stopped == []
