"""The README names every page, command, address, filter, setting and make target, and shows pictures that exist."""

import re

import pytest
import typer.main

from campaign.api.routes import routes
from campaign.cli import app
from campaign.filters import names
from campaign.pages import PAGES
from campaign.settings import ROOT, Settings

README = (ROOT / "README.md").read_text("utf-8")


def test_every_page_is_named() -> None:
    assert [page.path for page in PAGES if f"`/{page.path}`" not in README] == []


def test_every_command_and_its_options_are_named() -> None:
    group = typer.main.get_command(app)
    missing = [name for name in group.commands if f"campaign {name}" not in README]  # type: ignore[attr-defined]
    assert missing == []


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
