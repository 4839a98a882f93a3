"""Data sets of Opendatasoft, page by page: what is asked, where reading goes over to the export, and where it breaks off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from campaign.core.settings import settings
from campaign.follow.fetcher import Answer
from campaign.follow.followed import Followed
from campaign.follow.opendatasoft import DEEPEST, KIND, PAGE_SIZE
from campaign.follow.problems import PassingError, SourceError
from campaign.follow.reading import Wanted
from campaign.follow.state import SourceState

RECORDS = "https://portail.exemple/api/explore/v2.1/catalog/datasets/agenda/records"
EXPORT = RECORDS.replace("/records", "/exports/json")


class Portal:
    """Stands in for the network: answers addresses with what a portal of so many records would."""

    def __init__(self, folder: Path, n_records: int, *, total: int | None, wrong: Any = None) -> None:
        self.addresses: list[httpx.URL] = []
        self._folder, self._records, self._total, self._wrong = (
            folder,
            [{"uid": n} for n in range(n_records)],
            total,
            wrong,
        )

    def get(self, url: httpx.URL, parsed: Callable[[Answer], Any]) -> Any:
        self.addresses.append(url)
        page: Any = self._records
        if url.path.endswith("/records"):
            begin, size = int(url.params["offset"]), int(url.params["limit"])
            page = {"results": self._records[begin : begin + size]} | (
                {} if self._total is None else {"total_count": self._total}
            )
        path = self._folder / "answer.json"
        path.write_bytes(orjson.dumps(page if self._wrong is None else self._wrong))
        return parsed(Answer(path, url, "application/json"))


def read(portal: Portal, address: str = RECORDS, since: str | None = None) -> list[int]:
    wanted = Wanted(Followed("essai", address, "licence"), SourceState(), is_full=False, is_allowed=False)
    return [record["uid"] for page in KIND.pages(portal, wanted, since) for record in page]  # type: ignore[arg-type]


@pytest.mark.parametrize("total", [250, None], ids=["total", "no total"])
def test_pages_follow_one_another_until_all_are_read(tmp_path: Path, total: int | None) -> None:
    portal = Portal(tmp_path, 250, total=total)
    assert read(portal) == list(range(250))
    assert [url.params["offset"] for url in portal.addresses] == ["0", "100", "200"]


@pytest.mark.parametrize(
    ("address", "condition"),
    [
        (RECORDS, "updatedat >= date'2026-11-05T10:00:00'"),
        (f"{RECORDS}?where=region%3D'53'", "(region='53') and updatedat >= date'2026-11-05T10:00:00'"),
        (f"{EXPORT}?where=region%3D'53'", "(region='53') and updatedat >= date'2026-11-05T10:00:00'"),
    ],
)
def test_what_changed_is_asked_beside_the_portal_s_own_condition(tmp_path: Path, address: str, condition: str) -> None:
    portal = Portal(tmp_path, 3, total=3)
    assert read(portal, address, "2026-11-05T10:00:00") == [0, 1, 2]
    assert [url.params["where"] for url in portal.addresses] == [condition]


def test_what_pages_do_not_reach_is_read_as_an_export(tmp_path: Path) -> None:
    portal = Portal(tmp_path, PAGE_SIZE + 5, total=DEEPEST + 1)
    assert read(portal, f"{RECORDS}?where=region%3D'53'") == list(range(PAGE_SIZE + 5))
    assert [url.path for url in portal.addresses] == [httpx.URL(RECORDS).path, httpx.URL(EXPORT).path]
    assert portal.addresses[1].params["where"] == "region='53'"
    assert "offset" not in portal.addresses[1].params


def test_fewer_records_than_were_counted_are_an_answer_cut_short(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as raised:
        read(Portal(tmp_path, 150, total=151))
    assert raised.value.code == "cut_short"


def test_pages_without_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "follow_pages", 2)
    with pytest.raises(SourceError) as raised:
        read(Portal(tmp_path, 1000, total=1000))
    assert raised.value.code == "too_many_pages"


@pytest.mark.parametrize("answer", [{"results": None}, {"error": "x"}, [1, 2], "texte"])
def test_an_answer_that_is_no_list_of_records_may_come_right(tmp_path: Path, answer: Any) -> None:
    with pytest.raises(PassingError):
        read(Portal(tmp_path, 3, total=3, wrong=answer))
