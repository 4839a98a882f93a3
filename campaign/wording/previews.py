"""Events as they will stand, in words: when, where, of which type, with what to look at."""

from datetime import datetime
from typing import Protocol

from campaign.core.language import ngettext
from campaign.wording import dates, findings, labels
from campaign.wording.numbers import missing, number


class Previewed(Protocol):
    """What is known of an event that is not published yet."""

    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str
    is_all_day: bool
    n_sessions: int
    place: str | None
    place_precision: str
    type: str
    kinds: list[str]
    details: list[str | None]


def when(event: Previewed) -> str:
    """Return the session of an event, of several the first and how many there are; "n. c." without any."""
    if event.starts_at is None:
        return missing()
    is_one = event.n_sessions == 1
    first = dates.session(
        event.starts_at,
        event.ends_at if is_one else None,
        event.timezone,
        is_all_day=event.is_all_day if is_one else None,
    )
    if is_one:
        return first
    return ngettext(
        "{first} ({n} séance)", "{first} ({n} séances)", event.n_sessions, first=first, n=number(event.n_sessions)
    )


def where(event: Previewed) -> str:
    """Return the place of an event and how precisely it is known."""
    precision = labels.place_precision(event.place_precision)
    if event.place is None or event.place_precision == "online":
        return precision
    return f"{event.place} – {precision.lower()}"


def noticed(event: Previewed) -> str:
    """Return the findings of an event, each with what was not understood."""
    return " · ".join(map(findings.quoting, event.kinds, event.details))


def event_type(event: Previewed) -> str:
    """Return the name of the type of an event."""
    return labels.event_type(event.type, 1)
