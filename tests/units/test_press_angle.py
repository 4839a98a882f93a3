"""Facts of the local angle, each counted again from the CSV that it names, over every region and département."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache

import pytest

from campaign import store
from campaign.core import language
from campaign.core.settings import settings
from campaign.exports import files
from campaign.filters import Filters, codes, parse
from campaign.press.angle import facts
from campaign.press.fact import Fact
from campaign.store import templates
from tests import samples
from tests.kept import demonstration

Rows = list[dict[str, str]]
ARRONDISSEMENTS = {"751": "75056", "6938": "69123", "132": "13055"}


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before
    of_country.cache_clear()


@cache
def of_country() -> Rows:
    stream = io.BytesIO()
    files.write("csv", Filters(), stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def commune_of(code: str) -> str:
    for start, whole in ARRONDISSEMENTS.items():
        if code.startswith(start) and len(code) == 5:
            return whole
    return code


def communes(rows: Rows) -> set[str]:
    return {commune_of(row["commune_code"]) for row in rows if row["commune_code"]}


def rank_of(own: float, others: list[float]) -> int:
    return 1 + sum(other > own for other in others)


def weekend(rows: Rows) -> tuple[int, int]:
    days = [datetime.fromisoformat(row["starts_at"]).weekday() for row in rows if row["starts_at"]]
    return sum(day >= 5 for day in days), len(days)


def recounted(fact: Fact, chosen: Filters, column: str, code: str, territories: list[str]) -> dict[str, float]:
    """Return the same numbers from the rows of the CSV alone."""
    year = str(chosen.edition)
    every = of_country()
    country = [row for row in every if row["edition"] == year]
    own_ever = [row for row in every if row[column] == code]
    own = [row for row in own_ever if row["edition"] == year]
    by_place = Counter(row[column] for row in country)
    counts = {place: by_place[place] for place in territories}
    by_edition = Counter(row["edition"] for row in own_ever)
    match fact.key:
        case "rank":
            return {"total": len(own), "rank": rank_of(len(own), list(counts.values()))}
        case "rank_in_region":
            region = f"region_{chosen.nomenclature}_code"
            mine = {row[region] for row in own_ever if row[region]}.pop()
            inside = {row[column] for row in every if row[region] == mine and row[column]}
            return {"total": len(own), "rank": rank_of(len(own), [counts[place] for place in inside])}
        case "per_head":
            return {"rate": 100_000 * len(own) / fact.values["population"]}
        case "change":
            then = Counter(row[column] for row in every if row["edition"] == str((chosen.edition or 0) - 1))
            sign = 1 if counts[code] > then[code] else -1
            gains = [float(sign * (counts[place] - then[place])) for place in territories]
            rank = rank_of(sign * (counts[code] - then[code]), gains)
            values = {"now": counts[code], "before": then[code]}
            return values | ({"rank": rank} if "rank" in fact.values else {})
        case "record_edition":
            series = [float(by_edition[str(edition)]) for edition in codes().counted_editions]
            return {"total": len(own), "rank": rank_of(len(own), series)}
        case "all_editions":
            return {"sum": len(own_ever), "total": len(own)}
        case "type":
            kind = fact.recount.split("type est ")[1].split(",")[0]
            part, there = (sum(row["type"] == kind for row in rows) for rows in (own, country))
            return {"part": part, "whole": len(own), "part_there": there, "whole_there": len(country)}
        case "new_communes":
            earlier = communes([row for row in every if row["edition"] < year])
            new, there = communes(own) - earlier, communes(country) - earlier
            return {
                "part": len(new),
                "whole": len(communes(own)),
                "part_there": len(there),
                "whole_there": len(communes(country)),
            }
        case "record_day":
            days = Counter((row["edition"], row["starts_at"][:10]) for row in own_ever if row["starts_at"])
            best = max(n for (edition, _day), n in days.items() if edition == year)
            return {"n": best, "is_record": best > max(n for (edition, _day), n in days.items() if edition != year)}
        case "weekend":
            (part, whole), (there, whole_there) = weekend(own), weekend(country)
            return {"part": part, "whole": whole, "part_there": there, "whole_there": whole_there}
        case "online":
            part, there = (sum(row["attendance_mode"] == "online" for row in rows) for rows in (own, country))
            return {"part": part, "whole": len(own), "part_there": there, "whole_there": len(country)}
        case "communes":
            return {"n": len(communes(own))}
    raise KeyError(fact.key)


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("level", ["region 2014", "region 2016", "departement"])
def test_every_fact_is_counted_again_from_the_csv(level: str) -> None:
    kind, _space, nomenclature = level.partition(" ")
    places = sorted(codes().regions[int(nomenclature)] if nomenclature else codes().departements)
    column = f"region_{nomenclature}_code" if nomenclature else "departement_code"
    seen: Counter[str] = Counter()
    for code in places if nomenclature or samples.is_full else places[::3]:
        chosen = parse([(kind, code), *([("nomenclature", nomenclature)] if nomenclature else [])])
        ranked = facts(chosen)
        assert [fact.bits for fact in ranked] == sorted((fact.bits for fact in ranked), reverse=True)
        for fact in ranked:
            again = recounted(fact, chosen, column, code, places)
            values = {name: fact.values[name] for name in again}
            assert values == pytest.approx(again), (code, fact.key, fact.text)
            assert fact.key not in ("rank", "per_head", "change") or column in fact.recount
            assert (templates.QUERIES / f"{fact.query}.sql").is_file()
            seen[fact.key] += 1
        if any(row[column] == code and row["edition"] == str(chosen.edition) for row in of_country()):
            assert len(ranked) == 5, code
    assert len(seen) >= 8, seen


@pytest.mark.in_turn
def test_facts_of_few_events_have_no_percentage() -> None:
    for code in sorted(codes().departements)[:: 1 if samples.is_full else 3]:
        for fact in facts(parse([("departement", code)])):
            if fact.values.get("whole", 100) < 30:
                assert "%" not in fact.text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_facts_speak_the_language(lang: str) -> None:
    with language.use(lang):  # type: ignore[arg-type]
        for fact in facts(parse([("region", "53"), ("lang", lang)])):
            assert ("En Bretagne" in fact.text) is (lang == "fr")


def test_a_country_has_no_local_angle() -> None:
    assert facts(parse([])) == []
