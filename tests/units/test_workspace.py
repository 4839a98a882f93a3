"""The building copy of an event file."""

from pathlib import Path

import duckdb
import pytest

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.publish.workspace import workspace


def test_a_building_copy_has_no_log_and_all_of_it_is_published(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    with workspace(db, fresh=True) as work:
        work.connection.execute("create table taken as select range as n from range(1000)")
        work.connection.execute("delete from taken where n < 10")
        assert {path.name for path in tmp_path.iterdir()} == {work.building.name, f"{db.name}.lock"}
        work.publish()
    assert {path.name for path in tmp_path.iterdir()} == {db.name, f"{db.name}.lock"}
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("select count(*), min(n) from taken").fetchall() == [(990, 10)]


def take_much(db: Path, setting: str) -> None:
    """Write more than 32 MB hold."""
    with workspace(db, fresh=True) as work:
        work.connection.execute(setting)
        rows = "select range, repeat('a', 200) as t from range(400_000) order by hash(range)"
        work.connection.execute(f"create table taken as {rows}")
        work.connection.execute("create table held as select list(t order by t) from taken")


@pytest.mark.parametrize(
    ("setting", "advice"),
    [
        ("set threads = 1", "CAMPAIGN_BUILD_MEMORY"),
        ("set max_temp_directory_size = '1MB'", "la place et les droits sur le disque"),
    ],
)
def test_too_little_memory_is_told_from_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, advice: str
) -> None:
    monkeypatch.setattr(settings(), "build_memory", "32MB")
    with pytest.raises(StoreError) as raised:
        take_much(tmp_path / "campaign.duckdb", setting)
    assert advice in str(raised.value)
    assert not list(tmp_path.glob("*.duckdb*building*"))
