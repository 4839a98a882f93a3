"""The building copy of an event file."""

from pathlib import Path

import duckdb

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
