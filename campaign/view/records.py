"""The parts of the page of records: busiest days, longest runs, communes that come for the first time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaign.analysis import standing
from campaign.core.language import _, ngettext
from campaign.drawings.who import of_all
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels
from campaign.wording.dates import day_name, on_day, period, short_day
from campaign.wording.numbers import number, ordinal, share
from campaign.wording.quantities import listed

MOST = 20


def of_finished(answer: Answer, as_of: date | None) -> list[dict[str, Any]]:
    """Return the rows of editions that are finished as of a day (None: now): only these can hold a record."""
    finished = standing.whole(answer.column("edition"), as_of)
    return [row for row in answer.rows if row["edition"] in finished]


def sentence(chosen: Filters, days: Answer) -> str:
    """Return the busiest day of all finished editions."""
    if days.is_empty:
        return _("Aucun record : aucun événement dans cette vue.")
    finished = of_finished(days, chosen.as_of)
    if not finished:
        return _("Aucun record : aucune édition finie dans cette vue.")
    place = lead.place_of(chosen)
    return of_all(finished, f" {place.inside}" if place else "")


def scope(chosen: Filters, days: Answer) -> str:
    """Say that records are those of the file, not of the campaign's history, and which editions and filters do not apply."""
    text = _("D'après le fichier, toutes éditions ; les chiffres officiels ne disent pas les jours.")
    finished = {row["edition"] for row in of_finished(days, chosen.as_of)}
    if unfinished := [str(row["edition"]) for row in days.rows if row["edition"] not in finished]:
        text += " " + _("Pas finie, donc hors des records : {years}.", years=listed(unfinished))
    if chosen.from_day or chosen.to_day:
        text += " " + _("Les dates choisies ne s'appliquent pas aux records.")
    return text


def cards(chosen: Filters, days: Answer, streaks: Answer, firsts: Answer, edition: int) -> list[Card]:
    """Return the records of all finished editions, and the chosen edition's new communes."""
    ended, runs = of_finished(days, chosen.as_of), of_finished(streaks, chosen.as_of)
    top = max(ended, key=lambda row: (row["n_events"], -row["edition"]), default=None)
    run = max(runs, key=lambda row: (row["n_days"], -row["edition"]), default=None)
    six = max(runs, key=lambda row: (row["n_without_sunday"], -row["edition"]), default=None)
    most = max(ended, key=lambda row: (row["n_events_total"], -row["edition"]), default=None)
    cards = []
    if top and run and six and most:
        cards = [
            Card(number(top["n_events"]), _("événements en un jour"), day_name(top["day"])),
            Card(
                number(run["n_days"]), _("jours de suite avec un événement"), period(run["first_day"], run["last_day"])
            ),
            Card(number(six["n_without_sunday"]), _("jours de suite, dimanches à part"), str(six["edition"])),
            Card(number(most["n_events_total"]), _("événements en une édition"), str(most["edition"])),
        ]
    first = firsts.rows[0] if firsts.rows else None
    if has_past(edition):
        cards.append(
            Card(
                number(first["n_first_time"] if first else 0),
                _("communes pour la première fois"),
                _(
                    "{share} de celles de {edition}",
                    share=share(first["n_first_time"], first["n_communes"]),
                    edition=edition,
                )
                if first
                else str(edition),
            )
        )
    return cards


def has_past(edition: int) -> bool:
    """Whether the file has an earlier edition: else every commune would be new."""
    return any(year < edition for year in codes().counted_editions)


def _alike(row: Mapping[str, Any]) -> str:
    """Return an edition's first busiest day, and how many are like it, on one line."""
    day = short_day(row["day"])
    others = row["n_alike"] - 1
    return f"{day}\u00a0(+\u00a0{number(others)})" if others else day


def by_edition(chosen: Filters, days: Answer, streaks: Answer, edition: int) -> None:
    """Draw each edition's busiest day and longest run."""
    runs = {row["edition"]: row for row in streaks.rows}
    own = next((row for row in days.rows if row["edition"] == edition), None)
    ended = of_finished(days, chosen.as_of)
    figures.heading(
        _("{edition} : {counted} {day}, {rank} de {n} éditions",
          edition=edition, counted=labels.unit_counted("events", own["n_events"]),
          day=on_day(own["day"], with_year=False),
          rank=ordinal(1 + sum(row["n_events"] > own["n_events"] for row in ended)), n=len(ended))
        if own and own in ended else _("Édition par édition"),
        _("+ : à égalité avec d'autres jours.") if any(row["n_alike"] > 1 for row in days.rows) else "",
    )  # fmt: skip
    figures.table(
        [
            Column(_("Édition"), "edition"),
            Column(_("Plus grand jour"), "day"),
            Column(_("Événements"), "n", True, True),
            Column(_("Jours"), "days", True),
            Column(_("De suite"), "run", True),
        ],
        [
            {
                "edition": Cell(
                    str(row["edition"]) + ("" if row in ended else _(" (pas finie)")),
                    css="chosen" if row["edition"] == edition else "",
                ),
                "day": Cell(
                    _alike(row),
                    href=urls.link(
                        "agenda", chosen.moved_to(row["edition"]).replace(from_day=row["day"], to_day=row["day"])
                    ),
                ),
                "n": figures.bar_cell(row["n_events"]),
                "run": Cell(number(runs[row["edition"]]["n_days"])),
                "days": Cell(number(row["n_days"])),
            }
            for row in days.rows
        ],
        caption=_("Records de chaque édition"),
    )
    figures.files("records", chosen)


def first_time(chosen: Filters, firsts: Answer, edition: int) -> None:
    """Draw the most populous communes that hold their first event."""
    if not has_past(edition):
        figures.note(
            _(
                "Pas d'édition d'avant {edition} dans le fichier : aucune commune ne peut être dite nouvelle.",
                edition=edition,
            )
        )
        return
    n = firsts.rows[0]["n_first_time"] if firsts.rows else 0
    if n == 0:
        figures.heading(_("Aucune commune pour la première fois en {edition}", edition=edition))
        figures.note(
            _("Toutes celles qui ont un événement situé en avaient un dans une édition d'avant, dans cette vue.")
        )
        return
    figures.heading(
        ngettext("{n} commune pour la première fois en {edition}", "{n} communes pour la première fois en {edition}",
                 n, n=number(n), edition=edition),
        _("Aucun événement situé avant, dans cette vue ; les {n} plus peuplées.", n=MOST)
        if n > MOST
        else _("Aucun événement situé avant, dans cette vue."),
    )  # fmt: skip
    figures.table(
        [
            Column(_("Commune"), "name"),
            Column(_("Habitants"), "people", True, True),
            Column(_("Événements"), "n", True),
        ],
        [
            {
                "name": Cell(
                    f"{row['name']} ({row['departement_code']})",
                    href=urls.link("agenda", chosen.replace(communes=(row["commune_code"],))),
                ),
                "people": figures.bar_cell(row["population"]),
                "n": Cell(number(row["n_events"])),
            }
            for row in firsts.rows[:MOST]
        ],
        caption=_("Communes pour la première fois"),
        is_folded=True,
    )
