"""What the documents name is there: files, folders, links, headings, modules, rooms."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

from campaign.core.settings import ROOT

DOCUMENTS = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "data" / "NOTICE.md",
        *ROOT.glob("docs/*.md"),
        *(path for folder in ROOT.glob("[!.]*/") if folder.name != "build" for path in folder.rglob("README.md")),
    ]
)
FOLDERS = "campaign|queries|tests|data|pages|docs|tools|deploy|assets"
NAMED = re.compile(rf"(?<![\w/.:-])(?:{FOLDERS})/[\w./@-]*[\w/]")
WRITTEN = re.compile(
    r"data/(?:campaign[\w.-]*\.duckdb|sources\.followed\.toml|recipients\.csv|lake|imports)\b.*"
)  # by commands, not in the repository
MODULE = re.compile(r"python -m ((?:tests|tools|campaign)[\w.]*)")
BY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def to_come(text: str) -> set[str]:
    """Return the files that recipes make."""
    return set(re.findall(r"^`([^`]+)` \(new\):$", text, flags=re.MULTILINE))


def missing_paths(text: str) -> list[str]:
    """Return the paths of the repository that a text names and that are not there."""
    named = {path.rstrip("/") for path in NAMED.findall(text)} - to_come(text)
    return sorted(path for path in named if not (ROOT / path).exists() and not WRITTEN.fullmatch(path))


@BY_DOCUMENT
def test_named_files_and_folders_are_there(document: Path) -> None:
    assert missing_paths(document.read_text("utf-8")) == []


def test_a_path_that_is_gone_is_seen() -> None:
    gone = "see `campaign/build/pipeline.py`, (queries/nothing.sql) and tests/units/test_gone.py"
    assert missing_paths(gone) == ["campaign/build/pipeline.py", "queries/nothing.sql", "tests/units/test_gone.py"]
    assert missing_paths("`campaign/store` writes data/campaign.duckdb; https://example.org/data/x.csv") == []


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", head).lower()).replace(" ", "-") for head in heads}


def links(document: Path) -> Iterator[tuple[str, Path, str]]:
    """Yield each link within the repository: as it is written, its file, its anchor."""
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield target, (document.parent / path).resolve() if path else document, unquote(anchor)


@BY_DOCUMENT
def test_links_lead_somewhere(document: Path) -> None:
    assert [target for target, path, _anchor in links(document) if not path.exists()] == []
    of_headings = [(target, path, anchor) for target, path, anchor in links(document) if anchor]
    assert [target for target, path, anchor in of_headings if anchor not in anchors(path.read_text("utf-8"))] == []


@BY_DOCUMENT
def test_modules_that_are_run_are_there(document: Path) -> None:
    named = MODULE.findall(document.read_text("utf-8"))
    assert [name for name in named if find_spec(name) is None] == []


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.parent.name for path in (ROOT / "campaign").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"`campaign/(\w+)`", text))
    drawn = re.findall(r'\["([^"]+)"\]', text)
    assert {room for floor in drawn for room in floor.split(" · ")} == rooms


def test_every_term_of_the_glossary_stands_in_the_code_that_it_names() -> None:
    rows = re.findall(
        r"^\| (.+?) \| .+? \| (.+?) \| .+? \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 50
    sources = [path for suffix in ("py", "sql") for path in (ROOT / "campaign").rglob(f"*.{suffix}")]
    code = "\n".join(path.read_text("utf-8") for path in [*sources, ROOT / "data" / "schema.sql"])
    code += "".join(f"CAMPAIGN_{name.upper()} " for name in re.findall(r"^    (\w+): .* = Field", code, re.MULTILINE))
    for term, names in rows[2:]:
        for name in re.findall(r"`([^`]+)`", names):
            if "/" not in name and name != "queries":
                assert re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", code), f"{term}: {name}"
