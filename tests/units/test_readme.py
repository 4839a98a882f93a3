"""The README names every page, command, address, filter, setting and make target, and shows pictures that exist."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from campaign.api.routes import routes
from campaign.cli import app
from campaign.core.pages import PAGES
from campaign.core.settings import DATA, ROOT, Settings
from campaign.filters import names

README = (ROOT / "README.md").read_text("utf-8")
DOCS = [path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
EVERYWHERE = {"--db", "--help"}  # said once, of all commands


def test_every_page_is_named() -> None:
    assert [page.path for page in PAGES if f"`/{page.path}`" not in README] == []


def commands(group: TyperGroup, path: str = "campaign") -> Iterator[tuple[str, TyperCommand]]:
    """Yield every command with the words that call it: "campaign duplicates list"."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def undocumented(path: str, command: TyperCommand, lines: list[str]) -> list[str]:
    """Return the options of a command that no line about it names; those of the shared filters are said to be taken."""
    options = {max(option.opts, key=len) for option in command.params if option.param_type_name == "option"}
    about = " ".join(line for line in lines if " ".join(path.split()[:2]) in line)
    if "[filtres]" in about:
        options -= {f"--{name.replace('_', '-')}" for name in names()}
    return sorted(f"{path} {option}" for option in options - EVERYWHERE if not re.search(rf"{option}(?![\w-])", about))


def test_every_command_and_its_options_are_named() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    found = dict(commands(group))
    assert {path for path in found if path.split()[1] == "duplicates"} > {"campaign duplicates accept"}
    assert [path for path in found if " ".join(path.split()[:2]) not in README] == []
    lines = [line for text in (README, *DOCS) for line in text.splitlines()]
    assert [option for path, command in found.items() for option in undocumented(path, command, lines)] == []
    assert "Chaque commande prend aussi `--db F`" in README
    assert [path for path, command in found.items() if "--db" not in {o for p in command.params for o in p.opts}] in (
        [],
        ["campaign template"],
    )


def test_an_option_that_no_line_names_is_seen() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    command = group.commands["digest"]
    assert "campaign digest --days" in undocumented("campaign digest", command, ["`campaign digest [--date J]`"])
    assert "campaign digest --days" in undocumented("campaign digest", command, ["`campaign kit [--days N]`"])


def test_the_example_has_as_many_rows_and_years_as_is_said() -> None:
    with (DATA / "examples" / "sample_events.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    years = {row["year"] for row in rows}
    assert f"({len(rows)} événements relevés dans des\nprogrammes et des articles, {len(years)} années" in README


def test_no_paragraph_stands_twice() -> None:
    lines = [line for line in README.splitlines() if len(line) > 60]
    assert [line for line, n in Counter(lines).items() if n > 1] == []
    sentences = re.findall(r"[A-ZÉÀ«][^.|]{80,}\.", " ".join(README.split()))
    assert len(sentences) > 30
    assert [sentence for sentence, n in Counter(sentences).items() if n > 1] == []
    beginnings = Counter(sentence[:80] for sentence in sentences)
    assert [beginning for beginning, n in beginnings.items() if n > 1] == []


def test_every_address_is_named() -> None:
    paths = {route.path for route in routes()}  # type: ignore[attr-defined]
    public = {path for path in paths if "{rest" not in path and path not in ("/api", "/badge")}
    known = README.replace("ID.ics", "{event_id}.ics").replace("region/53", "region/{code}")
    short = {path: re.sub(r"^/api/v1/events(?=\.)", "", path) for path in public}
    assert [path for path, ending in short.items() if path not in known and f"`{ending}`" not in known] == []


def test_every_filter_and_setting_is_named() -> None:
    assert [name for name in names() if f"`{name}`" not in README] == []
    assert [name for name in Settings.model_fields if f"`CAMPAIGN_{name.upper()}`" not in README] == []


def test_every_make_target_is_named() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    inner = {"help", "browser", "servers", "clean"}
    assert [target for target in targets if target not in inner and f"make {target}" not in README] == []


@pytest.mark.parametrize("picture", re.findall(r"\]\((docs/[^)]+)\)", README))
def test_pictures_are_there(picture: str) -> None:
    assert (ROOT / picture).is_file()
