"""Files that hold nothing to import."""

from pathlib import Path

from typer.testing import CliRunner

from campaign.cli import app
from tests.intake_files import write


def test_a_header_alone_is_said_and_gives_a_report(tmp_path: Path) -> None:
    path, report = write(tmp_path, "titre;date;ville\n"), tmp_path / "r.csv"
    result = CliRunner().invoke(app, ["import", str(path), "--db", str(tmp_path / "e.duckdb"), "--report", str(report)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert report.read_text("utf-8-sig").count("\n") == 1
    assert not (tmp_path / "e.duckdb").exists()
