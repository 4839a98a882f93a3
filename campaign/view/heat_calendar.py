"""The parts of the page of days: a heat map of weeks and weekdays, the busiest days, the crowded ones of a town."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

from babel.dates import format_date

from campaign.charts import maps
from campaign.core.language import _, current, ngettext
from campaign.core.settings import settings
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels
from campaign.wording.dates import day_name, on_day, short_day, weekday
from campaign.wording.numbers import number, share

CLASH = 4  # events of one town and day from which on they may get in each other's way
MOST = 10


def edition_of(chosen: Filters) -> int:
    """Return the edition that is shown: the chosen one, else the latest chosen or the current one."""
    return max(chosen.editions) if chosen.editions else codes().current_edition or settings().current_day().year


def in_core(day: date, edition: int) -> bool:
    """Whether a day is of the campaign's month, November."""
    return (day.year, day.month) == (edition, 11)


def counts(days: Answer) -> dict[date, int]:
    """Return the count of each day."""
    return {row["day"]: row["count"] for row in days.rows}


def sentence(chosen: Filters, days: Answer, edition: int) -> str:
    """Return the busiest day in a sentence."""
    by_day = counts(days)
    if not by_day:
        return _("Aucun jour avec un événement en {edition}.", edition=edition)
    top = max(by_day, key=lambda day: (by_day[day], -day.toordinal()))
    place = lead.place_of(chosen)
    where = f" {place.inside}" if place else ""
    return _(
        "Le jour le plus chargé{where} : {day}, avec {counted}.",
        where=where,
        day=on_day(top, with_weekday=True),
        counted=labels.unit_counted(_unit(chosen), by_day[top]),
    )


def _unit(chosen: Filters) -> str:
    """Return the unit of a day's count: on one day, days are events."""
    return "sessions" if chosen.unit == "sessions" else "events"


def switches(chosen: Filters) -> None:
    """Draw the choice of the unit."""
    figures.switch(
        _("Compter"),
        [
            (_("les événements"), urls.link("calendar", chosen.but(unit="events")), chosen.unit != "sessions"),
            (_("les sessions"), urls.link("calendar", chosen.but(unit="sessions")), chosen.unit == "sessions"),
        ],
    )


def cards(chosen: Filters, days: Answer, edition: int) -> list[Card]:
    """Return days with an event, share in November, on weekends, mean of a day of November."""
    by_day = counts(days)
    total = sum(by_day.values())
    core = sum(n for day, n in by_day.items() if in_core(day, edition))
    weekend = sum(n for day, n in by_day.items() if day.weekday() >= 5)
    return [
        Card(number(len(by_day)), _("jours avec un événement")),
        Card(share(core, total), _("en novembre"), _("{n} hors de novembre", n=number(total - core))),
        Card(share(weekend, total), _("le samedi ou le dimanche")),
        Card(number(core / 30, 1), _("par jour de novembre, en moyenne")),
    ]


def drawing(chosen: Filters, days: Answer, every_edition: Answer, edition: int) -> None:
    """Draw weeks × weekdays: shades alike in every edition, November framed, days outside of it in italics."""
    by_day = counts(days)
    breaks = maps.class_breaks(row["count"] for row in every_edition.rows)
    first = min([*by_day, date(edition, 11, 1)])
    last = max([*by_day, date(edition, 11, 30)])
    first, last = max(first, date(edition, 9, 1)), min(last, date(edition + 1, 1, 31))
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
    heads = "".join(
        f'<th scope="col"><abbr title="{escape(weekday(monday + timedelta(days=n)))}">'
        f"{escape(weekday(monday + timedelta(days=n))[:3])}</abbr></th>"
        for n in range(7)
    )
    body = "".join(_week(chosen, week, by_day, breaks, edition) for week in weeks)
    legend = "".join(
        f'<li><i class="h{step}"></i>{escape(text)}</li>'
        for step, text in enumerate([number(0), *maps.class_labels(breaks)] if breaks else [number(0)])
    )
    weekly = {n: sum(count for day, count in by_day.items() if day.weekday() == n) for n in range(7)}
    best = max(weekly, key=lambda n: weekly[n])
    figures.drawing(
        _(
            "Le {weekday} est le jour préféré : {share} du total",
            weekday=weekday(monday + timedelta(days=best)),
            share=share(weekly[best], sum(weekly.values())),
        )
        if by_day
        else _("Aucun jour"),
        _("Nombre : {unit} par jour ; novembre encadré, jours hors de novembre en italique",
          unit=labels.unit(_unit(chosen))),
        f'<div class="table-frame" tabindex="0" role="region" aria-label="{escape(_("Calendrier"))}">'
        f'<table class="figures days"><caption>{escape(_("Calendrier"))}</caption>'
        f'<thead><tr><th scope="col">{escape(_("Semaine du"))}</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        f'<ul class="days-legend">{legend}</ul>',
        source=figures.source_html(
            chosen, exports=[(_("JSON"), urls.api("/api/v1/counts.json", chosen, by="day"))]
        ),
        files=figures.files_html("calendrier", chosen),
    )  # fmt: skip


def _week(chosen: Filters, monday: date, by_day: Mapping[date, int], breaks: list[float], edition: int) -> str:
    cells = []
    for n in range(7):
        day = monday + timedelta(days=n)
        count = by_day.get(day, 0)
        core = in_core(day, edition)
        css = [f"h{maps.step(count, breaks) or 0}", "core" if core else "outside"]
        if core:
            css += [
                name
                for name, neighbour in (("top", day - timedelta(days=7)), ("foot", day + timedelta(days=7)))
                if not in_core(neighbour, edition)
            ]
            css += ["start"] * (n == 0 or not in_core(day - timedelta(days=1), edition))
            css += ["end"] * (n == 6 or not in_core(day + timedelta(days=1), edition))
        words = f"{on_day(day, with_weekday=True)}{_(' : ')}{labels.unit_counted(_unit(chosen), count)}"
        href = urls.link("agenda", chosen.but(from_day=day, to_day=day))
        text = (
            f'<a href="{escape(href)}" title="{escape(words)}" aria-label="{escape(words)}">{escape(number(count))}</a>'
            if count
            else "<span>·</span>"
        )
        cells.append(f'<td class="{" ".join(css)}"><small aria-hidden="true">{day.day}</small>{text}</td>')
    head = format_date(monday, "d MMM", locale=current())
    return f'<tr><th scope="row">{escape(head)}</th>{"".join(cells)}</tr>'


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
                    href=urls.link("agenda", chosen.but(from_day=row["day"], to_day=row["day"])),
                ),
                "count": figures.bar_cell(row["count"]),
            }
            for row in ranked
        ],
        caption=_("Jours les plus chargés"),
    )


def clashes(chosen: Filters, town_days: Answer) -> None:
    """Draw the days on which several organisers hold many events in one town."""
    found = [row for row in town_days.rows if row["n_organisers"] > 1]
    figures.heading(
        ngettext(
            "{n} fois, au moins {least} événements le même jour dans une ville",
            "{n} fois, au moins {least} événements le même jour dans une ville",
            len(found),
            n=number(len(found)),
            least=CLASH,
        )
        if found
        else _("Aucune ville n'a {least} événements le même jour", least=CLASH),
        _(
            "De plusieurs organisateurs connus. D'habitude : moyenne des jours de la ville qui ont un événement. "
            "Le fichier ne dit pas combien de personnes sont attendues (n. c.)."
        ),
    )
    if found:
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
                            chosen.but(communes=(row["commune_code"],), from_day=row["day"], to_day=row["day"]),
                        ),
                    ),
                    "n": figures.bar_cell(row["n_events"]),
                    "organisers": Cell(number(row["n_organisers"])),
                    "usual": Cell(number(row["usual"], 1)),
                }
                for row in found[:MOST]
            ],
            caption=_("Jours chargés d'une même ville"),
        )
    if len(found) > MOST:
        figures.note(_("Les {n} premiers, sur {all}.", n=MOST, all=len(found)))
