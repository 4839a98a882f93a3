"""What a programme holds: days, communes, events, each in words, never an e-mail or a telephone number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from campaign import store
from campaign.analysis import moment, standing
from campaign.analysis.figures import Figures, gather
from campaign.core.language import _, current, ngettext
from campaign.exports.columns import plain
from campaign.filters import Filters
from campaign.statements.parts import campaign_name, origin
from campaign.statements.sentences import counting
from campaign.wording import labels
from campaign.wording.dates import day_name, hour
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number

MOST_LINES: Final = 1500  # about thirty pages
LONGEST_PRICE: Final = 90
STATUSES_TO_SAY: Final = ("rescheduled", "moved_online", "postponed", "full")


@dataclass(frozen=True)
class Line:
    """One event on one day: its hours, title, what and where it is, who holds it, and its page."""

    hours: str
    title: str
    notes: tuple[str, ...]
    href: str


@dataclass(frozen=True)
class Place:
    """One commune's events of a day; online events and those without a place stand under a heading of their own."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Day:
    """One day of the programme."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Programme:
    """A programme: title, what is counted, which days are left, where the figures come from, its days, what is left out."""

    figures: Figures
    title: str
    counted: str
    remaining: str
    origin: str
    live: str
    days: tuple[Day, ...]
    left_out: str

    @property
    def empty(self) -> str:
        """What is said in the place of the days where there is none."""
        return "" if self.days else self.remaining or _("Aucun événement.")


def programme(chosen: Filters, base_url: str) -> Programme:
    """Return the programme of a choice in the current language; at most MOST_LINES lines, the rest is said.

    Of an edition that runs, the days from today on, unless the choice names its first day; of a finished one all days.
    """
    chosen = chosen.replace(unit="events")
    figures = gather(chosen)
    since = first_day(chosen)
    rows = store.query("programme_days", chosen=chosen, since=since, limit=MOST_LINES + 1).rows
    n_left = rows[0]["n_events"] if rows else 0
    is_cut = len(rows) > MOST_LINES
    rows = rows[:MOST_LINES]
    n_shown = len({row["event_id"] for row in rows})
    left_out = ""
    if is_cut:
        left_out = _(
            "{n} événements sur {total} tiennent ici ; le programme entier est à l'adresse ci-dessus. "
            "Choisissez un département ou des dates pour tout imprimer.",
            n=number(n_shown),
            total=number(n_left),
        )
    days = tuple(
        Day(_heading(day), tuple(_places(chosen, base_url, list(group))))
        for day, group in groupby(rows, key=lambda row: row["day"])
    )
    counted = counting(figures, figures.place, figures.total)
    return Programme(
        figures=figures,
        title=_("Programme {place}", place=figures.place.inside),
        counted=f"{counted}.",
        remaining=_remaining(since, figures, n_left) if since else "",
        origin=f"{capitalised(origin(figures, counted))}.",
        live=f"{base_url}/agenda?{urlencode(chosen.to_query())}",
        days=days,
        left_out=left_out,
    )


def first_day(chosen: Filters) -> date | None:
    """Return the day from which on a programme goes: today (that of `as_of`) while its edition runs; None prints all days.

    A choice that names its first day, or ends before today, gets the days that it names.
    """
    today = moment.day_of(chosen)
    is_over = not standing.is_provisional(standing.status_of(chosen))
    if is_over or chosen.from_day or (chosen.to_day and chosen.to_day < today):
        return None
    return today


def _remaining(since: date, figures: Figures, n_left: int) -> str:
    """Return how many events are still to come, "" of a territory that has none at all."""
    if figures.total == 0:
        return ""
    day = day_name(since)
    if figures.edition is None:
        return _("De l'édition en cours, seuls les jours à partir du {day} sont repris.", day=day)
    if n_left == 0:
        return _("Plus aucun événement à partir du {day} : tous sont passés.", day=day)
    return ngettext(
        "{n} événement à partir du {day} ; les jours passés ne sont pas repris.",
        "{n} événements à partir du {day} ; les jours passés ne sont pas repris.",
        n_left,
        n=number(n_left),
        day=day,
    )


def masthead(figures: Figures) -> str:
    """Return the campaign's name as a heading: "La Fête 2014 (7e édition)"."""
    return capitalised(campaign_name(figures))


def _heading(day: date | None) -> str:
    return capitalised(day_name(day, with_weekday=True)) if day else _("Date à préciser")


def _places(chosen: Filters, base_url: str, rows: list[Mapping[str, Any]]) -> list[Place]:
    return [
        Place(name, tuple(_line(chosen, base_url, row) for row in group)) for name, group in groupby(rows, key=_place)
    ]


def _place(row: Mapping[str, Any]) -> str:
    if row["attendance_mode"] == "online":
        return _("En ligne")
    if row["commune"]:
        return f"{row['commune']} ({row['departement_code']})" if row["departement_code"] else str(row["commune"])
    return _("Commune à préciser ({place})", place=row["departement"]) if row["departement"] else _("Lieu à préciser")


def _line(chosen: Filters, base_url: str, row: Mapping[str, Any]) -> Line:
    kind = row["label_en"] if current() == "en" else row["label_fr"]
    where = ", ".join(str(plain(part)) for part in (row["venue"], row["address"]) if part)
    notes = [kind, where, plain(row["organiser"]) or "", price(row["conditions"], row["is_free"])]
    if row["attendance_mode"] == "mixed":
        notes.insert(1, labels.attendance_mode("mixed"))
    if row["status"] in STATUSES_TO_SAY:
        notes.insert(0, labels.status(row["status"]).upper())
    href = f"{base_url}/agenda?event={row['event_id']}" + ("&lang=en" if current() == "en" else "")
    times = list(dict.fromkeys(_hours(time, row["timezone"], row["day"]) for time in row["times"]))
    title = " ".join(str(plain(row["title"])).split())
    return Line(", ".join(times), title, tuple(" ".join(note.split()) for note in notes if note), href)


def price(conditions: str | None, is_free: bool | None) -> str:
    """Return what an event costs, in its source's words where they are short, else free or not; "" where nothing is known."""
    words = " ".join((plain(conditions) or "").split())
    if words and len(words) <= LONGEST_PRICE:
        return words
    if is_free is not None:
        return labels.price(is_free)
    return f"{words[:LONGEST_PRICE].rsplit(' ', 1)[0]}…" if words else ""


def _hours(time: Mapping[str, Any], zone: str, day: date) -> str:
    """Return "18 h 30 – 20 h", "toute la journée", with the last day of a session that goes on."""
    begins = time["begins_at"].astimezone(ZoneInfo(zone))
    ends: datetime | None = time["ends_at"].astimezone(ZoneInfo(zone)) if time["ends_at"] else None
    last: date = time["ends_on"]
    until = _("jusqu'au {day}", day=day_name(last, with_year=False)) if last > day else ""
    if time["is_all_day"]:
        return until or _("toute la journée")
    if begins.date() < day:
        return until or (_("jusqu'à {hour}", hour=hour(ends)) if ends else "")
    if ends is None or ends <= begins:
        return hour(begins)
    if until and ends.date() > begins.date() + timedelta(days=1):
        return f"{hour(begins)}, {until}"
    return f"{hour(begins)} – {hour(ends)}"
