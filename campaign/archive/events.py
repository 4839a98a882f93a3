"""The archive's agenda: one page per region, by département and day, from the very rows of the exports."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from campaign.archive import html
from campaign.exports import columns
from campaign.filters import Filters
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.dates import day_name, hour
from campaign.wording.labels import unit_counted
from campaign.wording.numbers import number

Row = Mapping[str, Any]

NOWHERE: Final = "sans-region"
SAID: Final = ("rescheduled", "moved_online", "postponed", "full")


@dataclass(frozen=True)
class Entry:
    """An event in the list, in words; `href` is its own page where its import gave one."""

    event_id: str
    title: str
    href: str | None
    status: str
    details: str


def rows(chosen: Filters) -> list[dict[str, Any]]:
    """Return the events of the choice, in the order of the exports."""
    return [row for batch in columns.batches(chosen) for row in columns.records(batch)]


def by_region(listed: Sequence[Row], nomenclature: int) -> dict[str, list[Row]]:
    """Return the events by region code, sorted by name; those without a region last, under NOWHERE."""
    rows_by_region: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        rows_by_region[row[f"region_{nomenclature}_code"] or NOWHERE].append(row)
    return dict(sorted(rows_by_region.items(), key=lambda item: (item[0] == NOWHERE, name_of(item[0], nomenclature))))


def name_of(code: str, nomenclature: int) -> str:
    """Return a region's name; what the events without one are called."""
    return "En ligne ou sans région connue" if code == NOWHERE else catalog.label(f"region_{nomenclature}", code)


def file_of(code: str) -> str:
    """Return the page of a region's events."""
    return f"agenda/{code if code == NOWHERE else f'region-{code}'}.html"


def region_page(frame: html.Frame, code: str, listed: Sequence[Row], nomenclature: int) -> str:
    """Return the page of a region: its départements, in each its events by day."""
    by_departement: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        by_departement[row["departement_code"] or ""].append(row)
    departements = []
    for departement, events in sorted(by_departement.items(), key=lambda item: (item[0] == "", item[0])):
        name = catalog.label("departement", departement) if departement else "Sans département connu"
        departements.append((f"{name} : {unit_counted('events', len(events))}", _days(events)))
    title = f"{name_of(code, nomenclature)} : {unit_counted('events', len(listed))}"
    return html.page(frame, file_of(code), title, "region.html", departements=departements)


def _days(events: Sequence[Row]) -> list[tuple[str, list[Entry]]]:
    days: dict[str, list[Entry]] = defaultdict(list)
    for event in events:
        moment = datetime.fromisoformat(event["starts_at"]) if event["starts_at"] else None
        day = day_name(moment.date(), with_weekday=True) if moment else "Date inconnue"
        days[day].append(_entry(event, moment))
    return list(days.items())


def _entry(event: Row, moment: datetime | None) -> Entry:
    place = ", ".join(text for text in (event["venue"], event["address"], event["commune"]) if text)
    if event["attendance_mode"] != "on_site":
        place = " · ".join(text for text in (labels.attendance_mode(event["attendance_mode"]), place) if text)
    sessions = f"{number(event['n_sessions'])} sessions" if event["n_sessions"] > 1 else ""
    parts = (hour(moment) if moment else "", sessions, event["type_label"], place, event["organiser"])
    return Entry(
        event_id=event["event_id"],
        title=event["title"],
        href=event["url"] if event["url"] and re.match(r"https?://", event["url"]) else None,
        status=labels.status(event["status"]) if event["status"] in SAID else "",
        details=" · ".join(text for text in parts if text),
    )
