"""The example file that ships with the project: 76 real events, imported as the README says."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.settings import DATA, settings

EXAMPLE = DATA / "examples" / "sample_events.csv"


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, object], Path]:
    monkeypatch.setattr(settings(), "db", settings().db)
    db = tmp_path / "example.duckdb"
    result = CliRunner().invoke(app, ["import", str(EXAMPLE), "--db", str(db), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), db


@pytest.mark.in_turn
def test_every_example_is_taken_and_counted(imported: tuple[dict[str, object], Path]) -> None:
    account, _db = imported
    assert (account["read"], account["new"], account["rejected"]) == (76, 76, 0)


def test_an_event_with_a_town_is_located(imported: tuple[dict[str, object], Path]) -> None:
    _account, db = imported
    with duckdb.connect(str(db), read_only=True) as connection:
        rows = connection.execute("select place_precision, count(*) from events group by place_precision").fetchall()
        towns = connection.execute("select count(distinct commune_code) from events").fetchone()
    # 12 rows name no town, one of them being online; « La Saline » is a village of Saint-Paul, not a commune
    assert dict(rows) == {"commune": 63, "region": 12, "online": 1}
    assert towns is not None
    assert towns[0] > 20
