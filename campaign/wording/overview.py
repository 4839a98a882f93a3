"""The sentence that opens the first page: the published figure of an edition, beside the count of the file.

Figures of the event file and published ones stand side by side in it, each with what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from campaign.core.language import _, ngettext
from campaign.wording.dates import data_as_of, years
from campaign.wording.labels import capitalised, unit_counted
from campaign.wording.numbers import number, ordinal, published
from campaign.wording.quantities import clauses
from campaign.wording.territories import Territory

Status = Literal["upcoming", "running", "closed", "final"]  # of campaign/analysis/standing.py
Unit = Literal["events", "sessions", "days"]


@dataclass(frozen=True)
class OfficialFigure:
    """A published number of events: its value, and how its source words it.

    `qualifier` is exact, more_than, about or announced; `stage` is announced or final; `source` is a short name.
    """

    value: int
    qualifier: str
    stage: str
    source: str


@dataclass(frozen=True)
class Now:
    """Of a running edition, how many events, or sessions, there are on the day and on the days after it."""

    today: int
    coming: int


def overview(
    edition: int | Sequence[int],
    edition_number: int | None,
    n_events: int,
    status: Status,
    *,
    official: OfficialFigure | None = None,
    is_demo: bool = False,
    place: Territory | None = None,
    data_date: datetime | None = None,
    narrowed: str = "",
    unit: Unit = "events",
    now: Now | None = None,
) -> str:
    """Return the answer of the first page: the published figure, then the count of the file.

    "Plus de 1 700 événements annoncés pour 2014, 7e édition (le réseau) ; 1 700 dans le fichier de démonstration."
    `n_events` is in `unit`. `official` must be of the same territory and of no other filter; `narrowed` says those.
    Of an edition that runs, without a published figure, what happens `now` comes first:
    "13 événements aujourd'hui, 30 à venir ; 255 pour 2026, 19e édition, dans le fichier à ce jour."
    `edition_number` is None where `edition` holds several years, or where it is not known.
    """
    in_place = f" {place.inside}" if place else ""
    year = years([edition] if isinstance(edition, int) else edition)
    file = _file(status, is_demo=is_demo, data_date=data_date)
    named = _("{year}, {rank} édition", year=year, rank=ordinal(edition_number)) if edition_number else year
    if official is not None and isinstance(edition, int):
        amount = _amount_alone(n_events) if unit == "events" else unit_counted(unit, n_events)
        beside = _official(official, named, in_place)
        return capitalised(f"{clauses([beside, _beside(amount, file)])}.")
    amount = unit_counted(unit, n_events)
    if n_events == 0 and unit == "events":
        amount = _("aucun événement")
    if not isinstance(edition, int):
        when = _("pour les éditions {years}", years=year)
    elif not narrowed and now is not None and (now.today or now.coming):
        known = _("{n} pour {edition}, {file}", n=_amount_alone(n_events), edition=named, file=file)
        return capitalised(f"{clauses([_now(now, unit, in_place), known])}.")
    elif place is None and not narrowed and status in ("closed", "final"):
        known = _("{n} pour {edition}, {file}", n=amount, edition=named, file=file)
        return capitalised(f"{clauses([known, _('aucun chiffre publié (n. c.)')])}.")
    else:
        when = _("pour {edition}", edition=named)
    if narrowed:
        when = f"{when} ({narrowed})"
    return capitalised(_("{amount}{place} {when}, {file}.", amount=amount, place=in_place, when=when, file=file))


def _now(now: Now, unit: Unit, place: str) -> str:
    amount = unit_counted(unit, now.today) if now.today or unit != "events" else _("aucun événement")
    if not now.coming:
        return _("{amount} aujourd'hui{place}, plus aucun ensuite", amount=amount, place=place)
    return _("{amount} aujourd'hui{place}, {n} à venir", amount=amount, place=place, n=number(now.coming))


def _official(figure: OfficialFigure, edition: str, place: str) -> str:
    values = {
        "figure": published(figure.value, figure.qualifier),
        "place": place,
        "edition": edition,
        "source": figure.source,
    }
    if figure.stage == "announced":
        return ngettext(
            "{figure} événement annoncé{place} pour {edition} ({source})",
            "{figure} événements annoncés{place} pour {edition} ({source})",
            figure.value,
            **values,
        )
    if figure.qualifier == "exact":
        return ngettext(
            "{figure} événement compté{place} en {edition} ({source})",
            "{figure} événements comptés{place} en {edition} ({source})",
            figure.value,
            **values,
        )
    return ngettext(
        "{figure} événement{place} en {edition} ({source})",
        "{figure} événements{place} en {edition} ({source})",
        figure.value,
        **values,
    )


def _beside(amount: str, file: str) -> str:
    return f"{amount} {file}"


def _amount_alone(n: int) -> str:
    return number(n) if n else _("aucun")


def _file(status: Status, *, is_demo: bool, data_date: datetime | None) -> str:
    if is_demo:
        return _("dans le fichier de démonstration")
    if status in ("closed", "final"):
        return _("dans le fichier")
    if data_date is None:
        return _("dans le fichier à ce jour")
    return _("dans le fichier à ce jour ({date})", date=data_as_of(data_date))
