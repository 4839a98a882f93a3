"""What people should hear of at once: a source that fails or is held, a chamber gone quiet, a target passed, a record day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from campaign import store
from campaign.analysis import edition_dates, pace, standing, targets
from campaign.core.errors import CampaignError, IntakeError
from campaign.core.settings import PARIS
from campaign.filters import Filters, codes
from campaign.follow import followed, state
from campaign.follow.asking import mapping_of
from campaign.follow.statuses import statuses
from campaign.messages.journal import Alert
from campaign.profile.tables import COUNTRY
from campaign.publish.reference import region_pair

FAILURES: Final = 3
SMALLEST_RECORD: Final = 10  # events on a day; below, chance decides
OF_2014: Final = 2014


def raised(db: Path, now: datetime) -> list[Alert]:
    """Return every alert that stands now; of the events only while an edition is under way, and never of a demonstration."""
    return [*_of_sources(db, now), *_of_events(now)]


def _of_sources(db: Path, now: datetime) -> Iterator[Alert]:
    for each in statuses(db, now):
        since = state.written(each.wrong_since) if each.wrong_since else ""
        values = {"name": each.name, "reason": each.reason, "values": dict(each.values), "n": each.n_wrong}
        regions = _around(_region_of_source(each.name))
        if each.status == "failed" and each.n_wrong >= FAILURES:
            yield Alert(f"source_failed:{each.name}@{since}", "source_failed", _at(now), regions, values=values)
        elif each.status == "held":
            yield Alert(f"source_held:{each.name}@{since}", "source_held", _at(now), regions, values=values)


def _of_events(now: datetime) -> Iterator[Alert]:
    try:
        if store.query("file_status").one["is_demo"]:
            return
        edition = codes().current_edition
    except CampaignError:  # no file yet, or one that cannot be read: the command that writes it says so
        return
    if edition is None or standing.status(edition, None) not in ("upcoming", "running"):
        return
    day = now.astimezone(PARIS).date()
    country = Filters(editions=(edition,))
    yield from _quiet(country, edition, day, now)
    yield from _targets(country, edition, now)
    yield from _records(country, edition, now)


def _quiet(country: Filters, edition: int, day: date, now: datetime) -> Iterator[Alert]:
    rows = store.query(
        "pace_by_chamber",
        chosen=country.replace(editions=()),
        edition=edition,
        day=day,
        by_weekday=False,
        **edition_dates.own_openings([*codes().counted_editions, edition]),
    )
    week = day.isocalendar()
    for chamber in pace.chambers(rows.rows, edition):
        if chamber.is_quiet and chamber.region_codes:
            key = f"quiet:{edition}:{'+'.join(chamber.region_codes)}@{week.year}-{week.week:02}"
            values = {
                "name": chamber.name,
                "known": chamber.known,
                "usual": round(chamber.usual or 0),
                "regions": list(chamber.region_codes),
            }
            yield Alert(key, "quiet", _at(now), _around(*chamber.region_codes), edition, values)


def _targets(country: Filters, edition: int, now: datetime) -> Iterator[Alert]:
    try:
        wanted = [target for target in targets.known() if target.edition == edition]
    except CampaignError:  # the page of the pace says what is wrong with the table
        return
    for target in wanted:
        chosen = country
        if target.region_code != COUNTRY:
            chosen = country.replace(nomenclature=target.nomenclature, regions=(target.region_code,))
        count = store.query("event_totals", **chosen.params()).one["total"]
        if count >= target.target:
            region = None if target.region_code == COUNTRY else target.region_code
            key = f"target:{edition}:{target.region_code}:{target.target}@"
            values = {"region": region, "nomenclature": chosen.nomenclature, "count": count, "target": target.target}
            yield Alert(key, "target", _at(now), _around(region), edition, values)


def _records(country: Filters, edition: int, now: datetime) -> Iterator[Alert]:
    """Yield the day of this edition that has more events than any of the finished ones, in the country and each region."""
    nomenclature = country.nomenclature
    for region in (None, *sorted(codes().regions[nomenclature])):
        chosen = country.replace(editions=(), nomenclature=nomenclature, regions=(region,) if region else ())
        days = {row["edition"]: row for row in store.query("record_days", **chosen.params()).rows}
        finished = [days[year] for year in standing.whole(days, None)]
        own = days.get(edition)
        if own is None or not finished or own["n_events"] < SMALLEST_RECORD:
            continue
        best = max(finished, key=lambda row: row["n_events"])
        if own["n_events"] > best["n_events"]:
            values = {
                "region": region,
                "nomenclature": nomenclature,
                "day": own["day"].isoformat(),
                "n": own["n_events"],
                "before": best["n_events"],
                "before_day": best["day"].isoformat(),
            }
            key = f"record:{edition}:{region or COUNTRY}:{own['day']}@"
            yield Alert(key, "record", _at(now), _around(region), edition, values)


def _region_of_source(name: str) -> str | None:
    """Return the region of a source's chamber, as its entry or its mapping names it; None where neither does."""
    try:
        mapping = mapping_of(followed.find(name))
        return mapping.source.get("chamber_region") if mapping else None
    except IntakeError:  # `campaign follow list` says what is wrong with these files
        return None


def _around(*regions: str | None) -> tuple[str, ...]:
    """Return these regions by their codes of 2014 and 2016."""
    pairs = [region_pair(code) for code in regions if code]
    return tuple(sorted({code for pair in pairs for code in pair if code}))


def _at(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
