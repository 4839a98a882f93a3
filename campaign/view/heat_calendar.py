"""The parts of the page of days: a heat map of weeks and weekdays, the busiest days, the crowded ones of a town."""

from datetime import date, timedelta

from campaign.analysis import edition_dates
from campaign.analysis.season import DAYS_OF_WEEK
from campaign.core.language import _, ngettext
from campaign.core.settings import settings
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels
from campaign.wording.busiest import busiest as busiest_days
from campaign.wording.dates import day_name, on_day, short_day
from campaign.wording.numbers import number, share

CLASH = 4  # events of one town and day from which on they may get in each other's way
MOST = 10


def edition_of(chosen: Filters) -> int:
    """Return the edition that is shown: the chosen one, else the latest chosen or the current one."""
    return max(chosen.editions) if chosen.editions else codes().current_edition or settings().current_day().year


def counts(days: Answer) -> dict[date, int]:
    """Return the count of each day."""
    return {row["day"]: row["count"] for row in days.rows}


def sentence(chosen: Filters, days: Answer, edition: int) -> str:
    """Return the busiest day in a sentence."""
    by_day = counts(days)
    if not by_day:
        return _("Aucun jour avec un événement en {edition}.", edition=edition)
    if chosen.from_day and chosen.from_day == chosen.to_day and set(by_day) == {chosen.from_day}:
        return _(
            "{counted}{where}, {day}.",
            counted=labels.unit_counted(_unit(chosen), by_day[chosen.from_day]),
            where=_where(chosen),
            day=on_day(chosen.from_day),
        )
    most = max(by_day.values())
    counted = labels.unit_counted(_unit(chosen), most)
    return busiest_days([day for day, n in by_day.items() if n == most], counted, _where(chosen))


def _where(chosen: Filters) -> str:
    place = lead.place_of(chosen)
    return f" {place.inside}" if place else ""


def _unit(chosen: Filters) -> str:
    """Return the unit of a day's count: on one day, days are events."""
    return "sessions" if chosen.unit == "sessions" else "events"


def switches(chosen: Filters) -> None:
    """Draw the choice of the unit."""
    figures.switch(
        _("Compter"),
        [
            (_("les événements"), urls.link("calendar", chosen.replace(unit="events")), chosen.unit != "sessions"),
            (_("les sessions"), urls.link("calendar", chosen.replace(unit="sessions")), chosen.unit == "sessions"),
        ],
    )


def cards(chosen: Filters, days: Answer, edition: int) -> list[Card]:
    """Return days with an event, share in the core period, on weekends, mean of a day of that."""
    by_day = counts(days)
    total = sum(by_day.values())
    there = edition_dates.territory_of(chosen)
    core = sum(n for day, n in by_day.items() if edition_dates.in_core(day, edition, there))
    first, last = edition_dates.core(edition, there)
    weekend = sum(n for day, n in by_day.items() if day.weekday() >= 5)
    return [
        Card(number(len(by_day)), _("jours avec un événement")),
        Card(
            share(core, total),
            edition_dates.within_core(edition, there),
            f"{number(total - core)} {edition_dates.outside_core(edition, there)}" if core < total else "",
        ),
        Card(share(weekend, total), _("le samedi ou le dimanche")),
        Card(
            number(core / ((last - first).days + 1), 1),
            _("par jour de {month}, en moyenne", month=month)
            if (month := edition_dates.core_month(edition, there))
            else _("par jour de cette période, en moyenne"),
        ),
    ]


def drawing(chosen: Filters, days: Answer) -> None:
    """Draw weeks × weekdays: shades alike in every edition, the core period framed; a day with events leads to them."""
    with_events = frozenset(days.column("day"))
    drawn.drawing(
        "calendrier",
        chosen,
        hrefs={day.isoformat(): _of_day(chosen, day, with_events) for day in _days_drawn(chosen)},
        source=figures.source_html(chosen, exports=[(_("JSON"), urls.api("/api/v1/counts.json", chosen, by="day"))]),
    )


def _days_drawn(chosen: Filters) -> list[date]:
    """Return the days that weeks of the edition can hold."""
    first, last = edition_dates.around(edition_of(chosen), edition_dates.territory_of(chosen))
    return [first + timedelta(days=n) for n in range(-DAYS_OF_WEEK, (last - first).days + DAYS_OF_WEEK + 1)]


def _of_day(chosen: Filters, day: date, with_events: frozenset[date]) -> str:
    """Return the address of a day's events; of a day without one, that of its month."""
    if day in with_events:
        return urls.link("agenda", chosen.replace(from_day=day, to_day=day))
    return urls.link("agenda", chosen.replace(from_day=None, to_day=None), view="calendar", month=f"{day:%Y-%m}")


def busiest(chosen: Filters, days: Answer) -> None:
    """Draw the busiest days."""
    ranked = sorted(days.rows, key=lambda row: (-row["count"], row["day"]))[:MOST]
    total = sum(row["count"] for row in days.rows)
    top = sum(row["count"] for row in ranked)
    figures.heading(
        _("Les {n} jours les plus chargés font {share}", n=len(ranked), share=share(top, total))
        if ranked
        else _("Aucun jour")
    )
    figures.table(
        [Column(_("Jour"), "day"), Column(labels.capitalised(labels.unit(_unit(chosen))), "count", True, True)],
        [
            {
                "day": Cell(
                    day_name(row["day"], with_weekday=True, with_year=False),
                    href=urls.link("agenda", chosen.replace(from_day=row["day"], to_day=row["day"])),
                ),
                "count": figures.bar_cell(row["count"]),
            }
            for row in ranked
        ],
        caption=_("Jours les plus chargés"),
    )


def clashes(chosen: Filters, town_days: Answer) -> None:
    """Draw the days on which several organisers hold many events in one town."""
    clashing_days = [row for row in town_days.rows if row["n_organisers"] > 1]
    figures.heading(
        ngettext(
            "{n} fois, au moins {least} événements le même jour dans une ville",
            "{n} fois, au moins {least} événements le même jour dans une ville",
            len(clashing_days),
            n=number(len(clashing_days)),
            least=CLASH,
        )
        if clashing_days
        else _("Aucune ville n'a {least} événements le même jour", least=CLASH),
        _(
            "De plusieurs organisateurs connus. D'habitude : moyenne des jours de la ville qui ont un événement. "
            "Le fichier ne dit pas combien de personnes sont attendues (n. c.)."
        ),
    )
    first_rows = figures.first_rows(clashing_days, MOST)
    if clashing_days:
        figures.table(
            [
                Column(_("Ville et jour"), "town"),
                Column(_("Événements"), "n", True, True),
                Column(_("Organisateurs"), "organisers", True),
                Column(_("D'habitude"), "usual", True),
            ],
            [
                {
                    "town": Cell(
                        f"{row['name']}, {short_day(row['day'])}",
                        href=urls.link(
                            "agenda",
                            chosen.replace(communes=(row["commune_code"],), from_day=row["day"], to_day=row["day"]),
                        ),
                    ),
                    "n": figures.bar_cell(row["n_events"]),
                    "organisers": Cell(number(row["n_organisers"])),
                    "usual": Cell(number(row["usual"], 1)),
                }
                for row in first_rows
            ],
            caption=_("Jours chargés d'une même ville"),
        )
    if len(clashing_days) > len(first_rows):
        figures.note(_("Les {n} premiers, sur {all}.", n=len(first_rows), all=len(clashing_days)))
