"""The whole file as DuckDB: published columns of counted events, and nothing else."""

from pathlib import Path

import duckdb
import httpx
import pytest

from campaign.exports import columns


@pytest.fixture
def awkward_file(awkward: httpx.Client, tmp_path: Path) -> Path:
    path = tmp_path / "whole.duckdb"
    path.write_bytes(awkward.get("/api/v1/events.duckdb").raise_for_status().content)
    return path


def test_it_holds_what_counts(client: httpx.Client, tmp_path: Path) -> None:
    answer = client.get("/api/v1/events.duckdb")
    assert answer.headers["content-disposition"].endswith('mois-ess-toutes-editions-france-evenements-20150113.duckdb"')
    path = tmp_path / "whole.duckdb"
    path.write_bytes(answer.content)
    with duckdb.connect(str(path), read_only=True) as opened:
        events = opened.sql("select * from events")
        assert tuple(events.columns) == columns.COLUMNS
        assert len(events.fetchall()) == client.get("/healthz").json()["events"]
        assert {row[0] for row in opened.sql("show tables").fetchall()} == {
            *("about", "dictionary", "events", "official_figures", "sources")
        }
        assert opened.sql("select column_name from dictionary").fetchall() == [(name,) for name in columns.COLUMNS]
    assert client.get("/api/v1/events.duckdb", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.head("/api/v1/events.duckdb").status_code == 200
    assert client.get("/api/v1/events.duckdb?region=53").json()["parameter"] == "region"


def test_it_holds_nothing_unpublished_nor_personal(awkward_file: Path) -> None:
    with duckdb.connect(str(awkward_file), read_only=True) as opened:
        titles = {row[0] for row in opened.sql("select title from events").fetchall()}
        assert len(titles) == 4
        assert "Brouillon" not in titles
        assert opened.sql("select distinct licence from events").fetchall() == [("Licence Ouverte 2.0",)]
    content = awkward_file.read_bytes()
    for text in ("Brouillon", "quelquun@example.org", "Jean.Dupont", "02 99 01 02 03", "+33 6 12"):
        assert text.encode() not in content, text
