"""The import benchmark on few rows: its files import without a reject, its figures are kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.publish.importing import run_import
from tests.bench import intake


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


def test_a_run_on_few_rows(tmp_path: Path) -> None:
    kept = tmp_path / "bench.json"
    words = ["-m", "tests.bench.intake", "--rows", "200", "--events", "0", "--rounds", "1", "--json", str(kept)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [each["format"] for each in json.loads(kept.read_text("utf-8"))] == ["few", "csv"]
    assert "ratio" in done.stdout
