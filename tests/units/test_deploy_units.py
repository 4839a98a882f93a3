"""The units of deploy/systemd: each runs a command that there is, closed in as the dashboard itself is, and is rung by its timer."""

import re
from pathlib import Path

import pytest
import typer

from campaign.cli import app

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
CLOSED = re.compile(r"(?m)^((?:Protect|Private|Restrict|NoNew|Lock|RemoveIPC|Capability|SystemCall)\w*)=(.*)$")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_there_is_closed_in_as_the_dashboard_is(unit: Path) -> None:
    text = unit.read_text("utf-8")
    (line,) = re.findall(r"(?m)^ExecStart=(.*)$", text)
    name = re.search(r"/campaign (\w+)", line)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert name is not None, line
    assert name[1] in commands, line
    own, dashboard = _closed(text), _closed((UNITS / "campaign@.service").read_text("utf-8"))
    assert own.pop("RestrictAddressFamilies") <= dashboard.pop("RestrictAddressFamilies")
    assert own.items() >= dashboard.items()


def _closed(text: str) -> dict[str, frozenset[str]]:
    """Return what a unit is closed in by, each with its values."""
    closures: dict[str, frozenset[str]] = {}
    for name, value in CLOSED.findall(text):
        closures[name] = closures.get(name, frozenset()) | frozenset(value.split())
    return closures


def test_the_page_of_imports_reads_sources_and_sends_alerts_as_the_timer_does() -> None:
    """A held source that needs a key is let through there, and who is to hear of it is the same."""
    page, timer = (
        set(
            re.findall(
                r"(?m)^(EnvironmentFile=\S*keys|Environment=CAMPAIGN_RECIPIENTS=\S+)$",
                (UNITS / name).read_text("utf-8"),
            )
        )
        for name in ("campaign-import.service", "campaign-sync.service")
    )
    assert page == timer
    assert len(timer) == 2


def test_followed_sources_are_read_every_quarter_of_an_hour() -> None:
    """The timer rings the service of its own name; each source says itself how often it is read."""
    assert re.search(r"(?m)^ExecStart=\S+/campaign sync$", (UNITS / "campaign-sync.service").read_text("utf-8"))
    timer = (UNITS / "campaign-sync.timer").read_text("utf-8")
    assert "OnCalendar=*:0/15" in timer
    assert "Unit=" not in timer
