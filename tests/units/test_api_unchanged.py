"""An answer is said to be unchanged by its ETag alone, at every address: an undone import leaves a later date at who read before."""

import shutil
from pathlib import Path

import httpx
import pytest

from campaign.core.settings import settings
from campaign.profile import profile
from campaign.publish.rollback import rollback
from tests.dated import DAY, LATER, Dated
from tests.records import rows_of
from tests.units.test_as_of_addresses import DATED, REFUSED, WITHOUT

ADDRESSES = [*(paths[0] for paths in DATED.values()), *REFUSED.values(), *sorted(WITHOUT)]
FAR = "Fri, 01 Jan 2100 00:00:00 GMT"
FOLLOWED_BY_HAND = {"/robots.txt", "/sitemap.xml", "/assets/icon.png"}  # they are of no event


@pytest.fixture(scope="module")
def undone(dated: Dated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of all imports, whose latest that changed anything was undone."""
    path = tmp_path_factory.mktemp("undone") / "campaign.duckdb"
    shutil.copyfile(dated.full, path)
    ((latest,),) = rows_of(path, "select max(import_id) from imports")
    rollback(path, latest)
    return path


def get(served_at: str, file: Path, path: str, monkeypatch: pytest.MonkeyPatch, **headers: str) -> httpx.Response:
    monkeypatch.setattr(settings(), "db", file)
    monkeypatch.setattr(settings(), "today", LATER)
    (event,) = rows_of(file, "select event_id from events where source_uid = '2014-82-13'")[0]
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"{served_at}{path.replace('{event}', event)}", headers=given, timeout=60)


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("path", ADDRESSES)
def test_no_date_tells_that_an_answer_is_unchanged(
    served_at: str, dated: Dated, undone: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = get(served_at, dated.full, path, monkeypatch)
    date = first.headers.get("last-modified", FAR)
    assert get(served_at, undone, path, monkeypatch, if_modified_since=date).status_code == first.status_code
    if first.status_code != 200 or path in FOLLOWED_BY_HAND:
        return
    etag = first.headers["etag"]
    assert get(served_at, dated.full, path, monkeypatch, if_none_match=etag).status_code == 304
    assert get(served_at, undone, path, monkeypatch, if_none_match=etag).status_code == 200


def test_what_people_fill_in_beside_the_events_changes_the_answers(
    served_at: str, dated: Dated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / profile().folder.name
    shutil.copytree(profile().folder, folder)
    monkeypatch.setattr(settings(), "profile", folder)
    table = folder / "subcampaigns.csv"
    header = table.read_text("utf-8").splitlines()[0]
    path = f"/api/v1/counts.json?by=type&edition={DAY.year}&subcampaign=semaine"
    table.write_text(f"{header}\n{DAY.year},Semaine,,{DAY.year}-11-01,{DAY.year}-11-30,\n", "utf-8")
    first = get(served_at, dated.full, path, monkeypatch)
    etag = first.headers["etag"]
    assert get(served_at, dated.full, path, monkeypatch, if_none_match=etag).status_code == 304
    table.write_text(f"{header}\n{DAY.year},Semaine,,{DAY.year}-11-01,{DAY.year}-11-02,\n", "utf-8")
    again = get(served_at, dated.full, path, monkeypatch, if_none_match=etag)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["total"] < first.json()["total"]
