"""The import benchmark on few rows: its files import without a reject, its figures are kept."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.publish.importing import run_import
from tests.bench import intake


@pytest.mark.in_turn
@pytest.mark.parametrize("kind", ["csv", "openagenda"])
def test_its_files_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(intake, "CACHE", tmp_path)
    path = intake.written(kind, 300)
    account, staged = run_import(tmp_path / "campaign.duckdb", [path])
    assert (account.read, account.new, staged.files[0].format) == (300, 300, kind)
    assert set(account.warnings) <= {
        "type_unknown",
        "value_not_understood",
    }  # ids of options, without the agenda that explains them
    intake.floor(kind, path, tmp_path / "floor.duckdb")


@pytest.mark.in_turn
def test_a_run_on_few_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is measured runs in this process: that a process is measured is another test's."""
    path = tmp_path / "bench.json"
    monkeypatch.setattr(intake, "CACHE", tmp_path)
    ran: list[str] = []

    def run(*words: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", list(words))
            intake.main()

    def timed(*words: str) -> tuple[float, float]:
        ran.append(words[1])
        if words[1] == "campaign.cli":
            imported = CliRunner().invoke(app, list(words[2:]))
            assert imported.exit_code == 0, imported.output
        elif words[1] == "tests.bench.intake":
            run(*words[1:])
        return float(len(ran)), 100.0

    monkeypatch.setattr(intake, "timed", timed)
    monkeypatch.setattr(intake, "N_IMPORTS", 1)
    run("intake", "--rows", "200", "--events", "0", "--rounds", "1", "--json", str(path))
    csv = ["tests.bench.intake", "campaign.cli", "tests.bench.intake", "tests.bench.intake"]
    assert ran == ["campaign.cli", intake.EVERY_IMPORT, "campaign.cli", *csv]
    assert [(each["format"], each["ratio"]) for each in json.loads(path.read_text("utf-8"))] == [
        ("few", 3 / 2),
        ("csv", 5 / 6),
    ]
    assert "ratio" in capsys.readouterr().out


def test_a_process_is_measured_and_must_succeed() -> None:
    seconds, megabytes = intake.timed("-c", "pass")
    assert seconds > 0
    assert megabytes > 1
    with pytest.raises(AssertionError):
        intake.timed("-c", "raise SystemExit(1)")
