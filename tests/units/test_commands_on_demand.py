"""A command starts without the modules of the others."""

import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from campaign.cli import COMMANDS, app, first
from campaign.core import apart

# What takes long to import and belongs to some commands only.
HEAVY = (
    "campaign.archive",
    "campaign.publish.demonstration",
    "campaign.intake",
    "campaign.press",
    "httpx",
    "pandas",
    "streamlit",
)


@pytest.mark.in_turn
def test_a_command_imports_nothing_of_the_others() -> None:
    code = (
        "import sys, campaign.cli.history; "
        f"print([name for name in {HEAVY!r} if name in sys.modules], 'campaign.cli.kit' in sys.modules)"
    )
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "[] False"


def test_an_import_alone_begins_its_reader_and_does_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(apart, "begin", begun.append)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    stood = len(sys.meta_path)
    first.begin(["campaign", "history", "import"])
    assert (begun, len(sys.meta_path)) == ([], stood)
    first.begin(["campaign", "import", "agenda.csv"])
    assert begun == [first.READER]
    with pytest.raises(ModuleNotFoundError):
        import_module("pandas")


def test_help_names_every_command_in_order() -> None:
    lines = CliRunner().invoke(app, ["--help"]).output.splitlines()
    named = [words[1] for line in lines if len(words := line.split()) > 2 and words[1] in COMMANDS]
    assert named == list(COMMANDS)


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    refused = CliRunner().invoke(app, ["impotr"])
    assert refused.exit_code == 2
    assert "import" in refused.output
