"""README, guide and reference name every page, command, address, filter and setting; the README stays a newcomer's."""

import csv
import re
from collections import Counter

from typer.core import TyperCommand

from campaign.api.routes import routes
from campaign.core.pages import IMPORT, PAGES
from campaign.core.settings import DATA, ROOT
from campaign.filters import names
from tools.reference import SETTINGS, every_command

README, GUIDE, REFERENCE = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "docs/guide.md", "docs/reference.md")
)
EVERYWHERE = {"--db", "--help"}  # said once, of all commands


def test_the_readme_is_short_and_says_the_two_commands_first() -> None:
    assert len(README.splitlines()) <= 150
    commands = [line.split("#")[0].strip() for line in README.splitlines() if line.startswith("    ")]
    assert commands[:2] == ["make run", "make test"]


def test_the_readme_leads_to_every_document() -> None:
    there = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} | {"CONTRIBUTING.md", "CHANGELOG.md"}
    assert sorted(there - set(re.findall(r"\]\(([^)#]+)\)", README))) == []


def test_every_page_is_named() -> None:
    assert [page.path for page in (*PAGES, IMPORT) if f"`/{page.path}`" not in GUIDE] == []


def test_every_picture_is_shown() -> None:
    there = {path.name for path in (ROOT / "docs" / "screenshots").iterdir()}
    assert there == set(re.findall(r"\]\(screenshots/([^)]+)\)", GUIDE))


def part_of(path: str) -> str:
    """Return what the reference says under a command's heading."""
    part = re.search(rf"^### {path}$(.*?)(?=^##)", REFERENCE, flags=re.MULTILINE | re.DOTALL)
    return part[1] if part else ""


def undocumented(path: str, command: TyperCommand, about: str) -> list[str]:
    """Return the options of a command that the text about it does not name; those of the shared filters are said to be taken."""
    options = {max(option.opts, key=len) for option in command.params if option.param_type_name == "option"}
    if "[filtres](#filtres)" in about:
        options -= {f"--{name.replace('_', '-')}" for name in names()}
    return sorted(f"{path} {option}" for option in options - EVERYWHERE if not re.search(rf"`{option}(?![\w-])", about))


def test_every_command_and_its_options_are_named() -> None:
    commands = every_command()
    assert {path for path in commands if path.split()[1] == "duplicates"} > {"campaign duplicates accept"}
    assert [path for path in commands if not part_of(path)] == []
    assert [option for path, command in commands.items() for option in undocumented(path, command, part_of(path))] == []
    assert "Chaque commande prend aussi `--db F`" in REFERENCE
    assert [
        path for path, command in commands.items() if "--db" not in {o for p in command.params for o in p.opts}
    ] in (
        [],
        ["campaign template"],
    )


def test_an_option_that_is_not_named_is_seen() -> None:
    command = every_command()["campaign digest"]
    missing = undocumented("campaign digest", command, "| `--date` | … |")
    assert "campaign digest --days" in missing
    assert "campaign digest --date" not in missing


def test_the_example_has_as_many_rows_and_years_as_is_said() -> None:
    with (DATA / "examples" / "sample_events.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    years = {row["year"] for row in rows}
    assert f"({len(rows)} événements relevés dans des\nprogrammes et des articles, {len(years)} années" in README


def test_no_paragraph_stands_twice() -> None:
    prose = f"{README}\n{GUIDE}"
    lines = [line for line in prose.splitlines() if len(line) > 60 and not line.startswith("    ")]
    assert [line for line, n in Counter(lines).items() if n > 1] == []
    sentences = re.findall(r"[A-ZÉÀ«][^.|]{80,}\.", " ".join(prose.split()))
    assert len(sentences) > 30
    assert [sentence for sentence, n in Counter(sentences).items() if n > 1] == []
    beginnings = Counter(sentence[:80] for sentence in sentences)
    assert [beginning for beginning, n in beginnings.items() if n > 1] == []


def test_every_address_is_named() -> None:
    paths = {route.path for route in routes()}  # type: ignore[attr-defined]
    public = {path for path in paths if "{rest" not in path and path not in ("/api", "/badge")}
    assert [path for path in public if f"`{path}`" not in REFERENCE] == []


def test_every_filter_and_setting_is_named() -> None:
    assert [name for name in names() if f"| `{name}` |" not in REFERENCE] == []
    prefixes = {each: each.model_config.get("env_prefix", "") for each in SETTINGS}
    variables = {f"{prefix}{name}".upper() for each, prefix in prefixes.items() for name in each.model_fields}
    assert [name for name in variables if f"| `{name}` |" not in REFERENCE] == []


def test_no_settings_are_left_out() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "campaign").rglob("*.py"))
    assert set(re.findall(r"class (\w+)\(BaseSettings\)", sources)) == {each.__name__ for each in SETTINGS}
