"""The archive's agenda: one page per region, by département and day, from the very rows of the exports."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
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


def rows(chosen: Filters) -> list[dict[str, Any]]:
    """Return the events of the choice, in the order of the exports."""
    return [row for batch in columns.batches(chosen) for row in columns.records(batch)]


def by_region(listed: Sequence[Row], nomenclature: int) -> dict[str, list[Row]]:
    """Return the events by region code, sorted by name; those without a region last, under NOWHERE."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        found[row[f"region_{nomenclature}_code"] or NOWHERE].append(row)
    return dict(sorted(found.items(), key=lambda item: (item[0] == NOWHERE, name_of(item[0], nomenclature))))


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
    parts = []
    for departement, events in sorted(by_departement.items(), key=lambda item: (item[0] == "", item[0])):
        name = catalog.label("departement", departement) if departement else "Sans département connu"
        heading = f"{name} : {unit_counted('events', len(events))}"
        parts.append(f"<h2>{escape(heading)}</h2>{_days(events)}")
    title = f"{name_of(code, nomenclature)} : {unit_counted('events', len(listed))}"
    return html.page(frame, file_of(code), title, "".join(parts))


def _days(events: Sequence[Row]) -> str:
    days: dict[str, list[Row]] = defaultdict(list)
    for event in events:
        moment = datetime.fromisoformat(event["starts_at"]) if event["starts_at"] else None
        days[day_name(moment.date(), with_weekday=True) if moment else "Date inconnue"].append(event)
    return "".join(
        f'<h3>{escape(day)}</h3><ul class="events">{"".join(_item(event) for event in listed)}</ul>'
        for day, listed in days.items()
    )


def _item(event: Row) -> str:
    title = escape(event["title"])
    if event["url"] and re.match(r"https?://", event["url"]):
        title = f'<a href="{escape(event["url"])}" rel="noopener noreferrer">{title}</a>'
    state = f' <span class="state">{escape(labels.status(event["status"]))}</span>' if event["status"] in SAID else ""
    place = ", ".join(text for text in (event["venue"], event["address"], event["commune"]) if text)
    if event["attendance_mode"] != "on_site":
        place = " · ".join(text for text in (labels.attendance_mode(event["attendance_mode"]), place) if text)
    sessions = f"{number(event['n_sessions'])} sessions" if event["n_sessions"] > 1 else ""
    when = hour(datetime.fromisoformat(event["starts_at"])) if event["starts_at"] else ""
    meta = " · ".join(text for text in (when, sessions, event["type_label"], place, event["organiser"]) if text)
    return f'<li id="e-{event["event_id"]}"><strong>{title}</strong>{state}<p>{escape(meta)}</p></li>'
