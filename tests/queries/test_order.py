"""No answer depends on the order in which a file happens to hold its rows: pages and files say the same in the same order."""

import shutil
from pathlib import Path

import duckdb
import pytest

from campaign.core.settings import settings
from tests.queries.test_headers import NAMES, answer


@pytest.fixture(scope="session")
def shuffled_db(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration file with the rows of each table in another order."""
    path = tmp_path_factory.mktemp("shuffled") / "campaign.duckdb"
    shutil.copy(demo_db, path)
    with duckdb.connect(str(path)) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            connection.execute(f'create table shuffled as select * from "{table}" order by hash(rowid)')
            connection.execute(f'drop table "{table}" cascade')
            connection.execute(f'alter table shuffled rename to "{table}"')
    return path


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("name", NAMES)
def test_rows_come_in_the_same_order(
    name: str, demo_db: Path, shuffled_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    expected = answer(name).values
    monkeypatch.setattr(settings(), "db", shuffled_db)
    assert answer(name).values == expected
