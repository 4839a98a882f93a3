"""One count everywhere: totals, rows, lists and exports agree, whatever the filters."""

import csv
import io
import random
from collections import Counter
from typing import Any

import httpx
import pytest

from campaign import filters, store
from campaign.api import counts
from campaign.api.parameters import DIMENSIONS
from campaign.filters import subcampaigns

N_COMBINATIONS = 50
PLACES = {"communes": ["75056", "35238", "13055", "97411"], "near": ["35000", "75001", "97400", "69123"]}


def combination(random_: random.Random) -> list[tuple[str, str]]:
    """Return random filters of every kind; most combinations hold something."""
    known = filters.codes()
    nomenclature = random_.choice([2014, 2016])
    pairs = [("nomenclature", str(nomenclature))] if nomenclature == 2016 else []
    offers: list[tuple[float, list[tuple[str, str]]]] = [
        (0.7, [("edition", random_.choice(["all", "2014", "2013", "2011"]))]),
        (0.3, [("region", code) for code in random_.sample(sorted(known.regions[nomenclature]), 3)]),
        (0.2, [("departement", code) for code in random_.sample(sorted(known.departements), 12)]),
        (0.3, [("type", code) for code in random_.sample(sorted(known.types), 3)]),
        (0.25, [("theme", code) for code in random_.sample(sorted(known.themes), 2)]),
        (0.15, [("attendance_mode", random_.choice(filters.ATTENDANCE_MODES))]),
        (0.1, [("commune", code) for code in PLACES["communes"]]),
        (0.3, [("from", f"2014-{random_.choice(['10-20', '11-03', '11-15'])}")]),
        (0.3, [("to", f"2014-{random_.choice(['11-15', '11-20', '12-05'])}")]),
        (0.2, [("q", random_.choice(["atelier", "é", "saint", "100%", "a_b", "", "solidere"]))]),
        (0.15, [("free", random_.choice(["true", "false"]))]),
        (0.1, [("accessible", "mi"), ("accessible", "hi")]),
        (0.15, [("audience", random_.choice(filters.AUDIENCES))]),
        (0.15, [("near", random_.choice(PLACES["near"])), ("radius_km", random_.choice(["5", "50", "200"]))]),
        (0.15, [("as_of", random_.choice(["2014-10-15", "2014-11-01", "2013-11-01"]))]),
    ]
    for chance, chosen in offers:
        if random_.random() < chance:
            pairs += chosen
    return pairs


def every_page(client: httpx.Client, pairs: list[tuple[str, str]], limit: int) -> tuple[int, list[dict[str, Any]]]:
    events: list[dict[str, Any]] = []
    after: list[tuple[str, str]] = []
    while True:
        page = client.get("/api/v1/events.json", params=[*pairs, ("limit", str(limit)), *after]).json()
        events += page["events"]
        if page["after"] is None:
            return page["total"], events
        after = [("after", page["after"])]


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("seed", range(N_COMBINATIONS))
def test_every_address_agrees(client: httpx.Client, seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311
    pairs = combination(random_)
    by = random_.sample(DIMENSIONS, random_.choice([1, 1, 2, 3]))
    if "edition" in by and not any(name == "edition" for name, _value in pairs):
        pairs.append(("edition", "all"))
    table = client.get("/api/v1/counts.json", params=[*pairs, *(("by", name) for name in by)]).json()
    assert table["total"] == table["located"] + table["online"] + table["unlocated"]
    total, events = every_page(client, pairs, limit=random_.choice([7, 100, 1000]) if seed % 5 == 0 else 1000)
    assert total == table["total"] == len(events)
    assert len({event["event_id"] for event in events}) == total
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/events.csv", params=pairs).text)))
    assert [row["event_id"] for row in rows] == [event["event_id"] for event in events]
    listed = sum(row["count"] for row in table["rows"])
    assert listed >= total if table["overlapping"] else listed == total
    assert all(row["count"] > 0 for row in table["rows"])
    codes = [tuple(row[name] for name in by) for row in table["rows"]]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("seed", range(12))
def test_sessions_and_days_agree_too(client: httpx.Client, seed: int) -> None:
    random_ = random.Random(1000 + seed)  # noqa: S311
    pairs = combination(random_)
    for unit in ("sessions", "days"):
        for by in ("region", "type", "departement"):
            table = client.get("/api/v1/counts.json", params=[*pairs, ("unit", unit), ("by", by)]).json()
            assert table["total"] == table["located"] + table["online"] + table["unlocated"]
            assert table["total"] == sum(row["count"] for row in table["rows"])
    days = client.get("/api/v1/counts.json", params=[*pairs, ("unit", "days"), ("by", "day")]).json()
    assert not days["overlapping"]
    assert days["total"] == sum(row["count"] for row in days["rows"])


@pytest.mark.matrix(every=7)
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("unit", filters.UNITS)
@pytest.mark.parametrize("by", [("day",), ("theme",), ("region",), ("type", "edition")])
def test_the_short_way_gives_what_a_scan_gives(reading_demo: object, seed: int, unit: str, by: tuple[str, ...]) -> None:
    chosen = filters.parse([*combination(random.Random(2000 + seed)), ("unit", unit)])  # noqa: S311
    scanned = store.query("counts_scanned", chosen=chosen, by=by).rows
    expected = Counter({tuple(row[name] for name in by): row["count"] for row in scanned})
    assert Counter({tuple(row[name] for name in by): row["count"] for row in counts.rows(by, chosen)}) == expected


def test_rows_have_codes_and_labels(client: httpx.Client) -> None:
    one = client.get("/api/v1/counts.json", params={"by": "region"}).json()
    assert one["unit"] == "events"
    assert one["is_demo"] is True
    assert one["overlapping"] is False
    brittany = next(row for row in one["rows"] if row["region"] == "53")
    assert set(brittany) == {"region", "label", "count"}
    assert brittany["label"] == "Bretagne"
    everywhere = client.get("/api/v1/counts.json", params={"by": "region", "edition": "all"}).json()
    assert [row["label"] for row in everywhere["rows"] if row["region"] is None] == [None]
    several = client.get("/api/v1/counts.json", params=[("by", "type"), ("by", "day"), ("lang", "en")]).json()
    assert several["overlapping"] is True
    row = several["rows"][0]
    assert list(row) == ["type", "type_label", "day", "day_label", "count"]
    assert row["day_label"].split()[-1] == "2014"


def test_by_edition_takes_all_editions_unless_one_is_asked(client: httpx.Client) -> None:
    table = client.get("/api/v1/counts.json", params={"by": "edition"}).json()
    assert [row["edition"] for row in table["rows"]] == list(range(2008, 2015))
    assert table["total"] == 2000
    one = client.get("/api/v1/counts.json", params={"by": "edition", "edition": "2013"}).json()
    assert [row["edition"] for row in one["rows"]] == [2013]


def test_without_a_dimension_there_is_one_row(client: httpx.Client) -> None:
    table = client.get("/api/v1/counts.json").json()
    assert table["rows"] == [{"count": table["total"]}]


def test_an_edition_without_events_has_none(client: httpx.Client) -> None:
    empty = sorted(filters.codes().editions - set(filters.codes().counted_editions))
    table = client.get("/api/v1/counts.json", params={"by": "region", "edition": str(empty[0])}).json()
    assert (table["total"], table["rows"]) == (0, [])


def test_regions_follow_the_nomenclature(client: httpx.Client) -> None:
    old = client.get("/api/v1/counts.json", params={"by": "region"}).json()
    new = client.get("/api/v1/counts.json", params={"by": "region", "nomenclature": "2016"}).json()
    assert old["total"] == new["total"]
    assert {row["region"] for row in old["rows"]} & {"21", "22", "23"}
    assert {row["region"] for row in new["rows"]} >= {"75", "76", "84"}


def test_only_what_counts_is_counted(awkward: httpx.Client) -> None:
    table = awkward.get("/api/v1/counts.json", params={"by": "region"}).json()
    assert (table["total"], table["located"], table["online"], table["unlocated"]) == (4, 3, 1, 0)
    assert {row["region"]: row["count"] for row in table["rows"]} == {"53": 1, "11": 1, "04": 1, None: 1}
    assert table["is_demo"] is False
    assert table["licences"] == ["Licence Ouverte 2.0"]
    sessions = awkward.get("/api/v1/counts.json", params={"unit": "sessions"}).json()
    assert sessions["total"] == 5
    assert awkward.get("/api/v1/counts.json", params={"unit": "days"}).json()["total"] == 6


@pytest.mark.in_turn
def test_a_subcampaign_is_its_edition_themes_and_days(client: httpx.Client) -> None:
    for one in subcampaigns.known():
        spelt = [("edition", str(one.edition)), *(("theme", code) for code in one.themes)]
        spelt += (
            [("from", one.from_day.isoformat()), ("to", one.to_day.isoformat())] if one.from_day and one.to_day else []
        )
        named = [("edition", str(one.edition)), ("subcampaign", one.code)]
        assert every_page(client, named, 1000) == every_page(client, spelt, 1000)
        answers = [
            client.get("/api/v1/counts.json", params=[*pairs, ("by", "region")]).json() for pairs in (named, spelt)
        ]
        own_filters = [each.pop("filters") for each in answers]
        assert answers[0] == answers[1]
        assert answers[0]["total"] > 0
        assert own_filters[0] != own_filters[1]  # by its name, or by what it stands for
    alone = client.get("/api/v1/counts.json", params={"subcampaign": "consommer-autrement", "by": "edition"}).json()
    assert [row["edition"] for row in alone["rows"]] == [2014]
    refused = client.get("/api/v1/counts.json", params={"subcampaign": "consommer-autrement", "edition": "all"})
    assert (refused.status_code, refused.json()["parameter"]) == (400, "subcampaign")
