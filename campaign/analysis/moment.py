"""The evening that a choice speaks of: that of `as_of`, else today's; and of which moment its data are.

What a page, a drawing or a file says of "today" is read here, never from the clock: a view as of a day speaks of that day.
"""

from datetime import date, datetime

from campaign import store
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.filters import Filters


def day_of(chosen: Filters) -> date:
    """Return the day on which the choice is read: the one that it asks for, else today."""
    return chosen.as_of or settings().current_day()


def data_date(chosen: Filters) -> datetime | None:
    """Return the date of the data: the latest change of what counts in any edition, known on that day."""
    latest_change: datetime | None = (
        store.query("data_date", chosen=Filters(as_of=chosen.as_of)).one["data_date"]
        if chosen.as_of
        else store.query("file_status").one["data_date"]
    )
    return latest_change


def licences(chosen: Filters) -> store.Answer:
    """Return the sources of the events and their licences, as far as that day knew."""
    if chosen.as_of:
        return store.query("licences_as_of", chosen=Filters(as_of=chosen.as_of))
    return store.query("licences")


def undated(chosen: Filters) -> str:
    """Return the sentence of a part that cannot be shown as of a day; "" where the choice asks for none."""
    if not chosen.as_of:
        return ""
    return _("Cette partie n'est pas à cette date : elle décrit le fichier d'aujourd'hui.")
