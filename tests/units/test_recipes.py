"""The recipes of CONTRIBUTING.md are followed to the letter in a copy of the repository, and their checks pass there."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.core.settings import ROOT
from tests import kept

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
TRIED = ("A query", "A chart", "A page")
STEP = re.compile(
    r"^`(?P<file>[^`\n]+)`(?: \((?P<new>new)\)|, after the line that begins with `(?P<after>[^`\n]+)`|, (?P<end>at the end)):\n\n"
    r"```\w+\n(?P<text>.*?)^```$",
    flags=re.MULTILINE | re.DOTALL,
)
CHECKS = re.compile(r"^```sh\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
# What is served of a new chart, and which walks over all charts take it along: asked in the copy, as its own tests are.
PROBE = '''
"""Asked of the copy in which the recipes were followed."""

import pytest

import campaign
from campaign.drawings.catalogue import DRAWINGS
from tests.units import test_as_of_addresses, test_drawings_text, test_press_drawings

NEW = {names!r}


def test_it_is_the_copy_that_is_tried():
    assert campaign.__file__.startswith({root!r})


@pytest.mark.parametrize("name", NEW)
def test_a_new_chart_is_served_and_walked(client, name):
    for address in (f"/figures/{{name}}.svg", f"/figures/{{name}}.csv", f"/embed/{{name}}"):
        answer = client.get(address, params={{"region": "53"}})
        assert answer.status_code == 200, address
        assert len(answer.content) > 300
    assert "<svg" in client.get(f"/figures/{{name}}.svg").text
    assert name in DRAWINGS
    assert f"/figures/{{name}}.csv" in test_as_of_addresses.DATED["/figures/{{name}}.{{extension}}"]
    for walk in (test_drawings_text.test_words_stand_apart_and_inside, test_press_drawings.test_it_says_what_it_shows_and_fits):
        assert any(name in mark.args[1] for mark in walk.pytestmark if mark.name == "parametrize")
'''


@dataclass(frozen=True)
class Step:
    """What a recipe puts into a file: all of it, or lines after the one that begins so, or at its end."""

    file: str
    text: str
    is_new: bool
    after: str | None


def recipe(title: str) -> str:
    """Return the text of a recipe."""
    section = re.search(rf"^### {title}$(.*?)(?=^##)", CONTRIBUTING, flags=re.MULTILINE | re.DOTALL)
    assert section, f"no recipe « {title} »"
    return section[1]


def steps(text: str) -> list[Step]:
    """Return the steps of a recipe; every block of it but the checks is one."""
    blocks = [Step(each["file"], each["text"], bool(each["new"]), each["after"]) for each in STEP.finditer(text)]
    assert len(blocks) == len(re.findall(r"^```\w+$", text, flags=re.MULTILINE)) - len(CHECKS.findall(text))
    return blocks


def follow(step: Step, root: Path) -> None:
    """Do a step in the copy; raises where the file, or the one line to stand after, is not there."""
    path = root / step.file
    if step.is_new:
        assert not path.exists(), f"{step.file} is there already"
        path.write_text(step.text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    places = [k for k, line in enumerate(lines, start=1) if step.after and line.strip().startswith(step.after)]
    assert len(places) == 1 if step.after else not places, f"{step.file}: {len(places)} lines begin with {step.after}"
    place = places[0] if step.after else len(lines)
    path.write_text("".join([*lines[:place], step.text, *lines[place:]]), "utf-8")


def checks(text: str) -> Iterator[list[str]]:
    """Yield the commands that a recipe names, in words."""
    for block in CHECKS.findall(text):
        yield from (shlex.split(line) for line in block.splitlines())


def run(root: Path, *words: str) -> None:
    """Run a command of the environment in the copy."""
    result = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, f"{shlex.join(words)}\n{result.stdout[-4000:]}\n{result.stderr[-2000:]}"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own files, elsewhere."""
    root = tmp_path_factory.mktemp("copy")
    left = shutil.ignore_patterns(
        ".*", "build", "__pycache__", "*.egg-info", "campaign*.duckdb*", "lake", "screenshots"
    )
    shutil.copytree(ROOT, root, ignore=left, dirs_exist_ok=True)
    shutil.copytree(ROOT / ".streamlit", root / ".streamlit")
    (root / ".pytest_cache").mkdir()  # event files are the same as long as what makes them is
    (root / ".pytest_cache" / kept.PLACE.name).symlink_to(kept.PLACE)
    return root


@pytest.mark.in_turn
def test_recipes_are_followed_and_their_checks_pass(copy: Path) -> None:
    todo = [step for title in TRIED for step in steps(recipe(title))]
    assert len(todo) > 10
    for step in todo:
        follow(step, copy)
    touched = sorted({step.file for step in todo if step.file.endswith(".py")})
    run(copy, str(Path(sys.executable).with_name("ruff")), "check", "--quiet", *touched)
    run(copy, str(Path(sys.executable).with_name("ruff")), "format", "--quiet", "--check", *touched)
    names = re.findall(
        r'^    "([a-z-]+)": \w+,$', "".join(s.text for s in todo if s.file.endswith("catalogue.py")), re.M
    )
    assert names
    (copy / "tests" / "units" / "test_probe.py").write_text(PROBE.format(names=names, root=str(copy)), "utf-8")
    commands = list(dict.fromkeys(tuple(words) for title in TRIED for words in checks(recipe(title))))
    tests = [words[3:] for words in commands if words[1:3] == ("-m", "pytest")]
    others = [words for words in commands if words[1:3] != ("-m", "pytest")]
    assert all(len(named) == 1 for named in tests)
    assert [words[:2] for words in others] == [(".venv/bin/python", "-m")]
    for words in others:
        run(copy, sys.executable, *words[1:])
    named = [each for words in tests for each in words]
    assert len(named) > 8
    run(copy, sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "tests/units/test_probe.py", *named)


def test_a_step_that_finds_no_place_fails(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\ntwo\n", "utf-8")
    with pytest.raises(AssertionError, match="0 lines begin with three"):
        follow(Step("a.py", "x\n", False, "three"), tmp_path)
    follow(Step("a.py", "x\n", False, "one"), tmp_path)
    follow(Step("a.py", "y\n", False, None), tmp_path)
    assert (tmp_path / "a.py").read_text("utf-8") == "one\nx\ntwo\ny\n"
