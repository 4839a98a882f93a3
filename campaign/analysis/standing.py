"""How settled an edition's figures are, from dates alone: its window, today, and the date of the data.

Upcoming and running editions are provisional. An edition is final once its window is over and the data are of a later day;
over, with data of a day of its window or before, it is closed: nothing shows that its last changes were read.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from campaign import store
from campaign.analysis import edition_dates, moment
from campaign.core.settings import PARIS, settings
from campaign.filters import Filters, codes

Status = Literal["upcoming", "running", "closed", "final"]


def opening(edition: int, territory: str | None = None) -> date:
    """Return the first day of an edition's core period, from which days to go are counted; in a territory, its own."""
    return edition_dates.core(edition, territory)[0]


def data_day(as_of: date | None) -> date | None:
    """Return the local day of the latest change of a counted event, known on a day if one is given; None without one."""
    data_date = moment.data_date(Filters(as_of=as_of))
    return data_date.astimezone(PARIS).date() if data_date else None


def effective(as_of: date | None) -> date | None:
    """Return the day as of which figures are asked for, None where nothing that counts has changed since."""
    settled_on = store.query("file_status").one["settled_on"]
    return None if as_of is None or settled_on is None or as_of >= settled_on else as_of


def status(edition: int, as_of: date | None, territory: str | None = None) -> Status:
    """Return how settled an edition's figures are as of a day (None: now), in a territory within its own days."""
    cut = effective(as_of)
    today, known = settings().current_day(), data_day(cut)
    if cut is not None:
        today = min(today, cut)
    first, last = edition_dates.window(edition, territory)
    if today < first:
        return "upcoming"
    if today <= last:
        return "running"
    return "final" if known is not None and known > last else "closed"


def status_of(chosen: Filters) -> Status:
    """Return how settled the figures of a choice are: as the least settled of its editions."""
    editions = chosen.editions or codes().counted_editions
    territory = edition_dates.territory_of(chosen)
    statuses = {status(edition, chosen.as_of, territory) for edition in editions}
    if statuses == {"upcoming"}:
        return "upcoming"
    if statuses & {"upcoming", "running"}:
        return "running"
    return "closed" if "closed" in statuses else "final"


def is_provisional(status: Status) -> bool:
    """Whether more is to come for certain."""
    return status in ("upcoming", "running")


def known_until(edition: int, as_of: date | None) -> date | None:
    """Return the day until which an edition is known as of a day (None: now); None where its total is whole.

    A closed edition is whole where the data are of its last event's day or later.
    """
    edition_status, cut = status(edition, as_of), effective(as_of)
    if edition_status == "final":
        return None
    if is_provisional(edition_status):
        return min(settings().current_day(), cut or date.max)
    day = data_day(cut)
    last = store.query("edition_days", **Filters(editions=(edition,), as_of=cut).params()).one["last_day"]
    return None if day is None or last is None or day >= last else day


def whole(editions: Iterable[int], as_of: date | None) -> tuple[int, ...]:
    """Return those of the editions whose totals are whole as of a day (None: now), and so may be ranked among each other."""
    return tuple(edition for edition in editions if known_until(edition, as_of) is None)
