"""Facts of a territory's own events, against the country's: a type, new communes, a record day, weekends, online."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from campaign import store
from campaign.analysis import standing
from campaign.analysis.figures import Figures, everywhere
from campaign.core.language import _, ngettext
from campaign.filters import Filters, codes
from campaign.press import unusual
from campaign.press.fact import Fact, against, fact_of
from campaign.statements.parts import when
from campaign.wording.dates import on_day
from campaign.wording.labels import capitalised, unit_counted
from campaign.wording.nouns import event_type
from campaign.wording.numbers import number

FEWEST: Final = 3  # a type or a weekend of one or two events is no finding
SATURDAY: Final = 5


def facts(figures: Figures) -> Iterator[Fact]:
    """Yield what can be said."""
    yield from _type(figures)
    yield from _new_communes(figures)
    yield from _record_day(figures)
    yield from _weekend(figures)
    yield from _online(figures)
    yield from _communes(figures)


def _type(figures: Figures) -> Iterator[Fact]:
    rows = store.query("events_by_type", **figures.chosen.params()).rows
    of_country = store.query("events_by_type", **everywhere(figures.chosen).params()).rows
    of_type = {row["type"]: row["count"] for row in of_country}
    country = sum(of_type.values())
    if not country:
        return
    best: tuple[float, dict[str, object]] | None = None
    for row in rows:
        expected = of_type[row["type"]] / country
        if row["count"] >= FEWEST and row["count"] > figures.total * expected and row["type"] != "autre":
            bits = unusual.of_share(row["count"], figures.total, expected)
            if best is None or bits > best[0]:
                best = (bits, row)
    if best is None:
        return
    row = best[1]
    n, there = int(str(row["count"])), of_type[str(row["type"])]
    text = _(
        "{place} {when}, {n} {noun} sur {amount}, {against}",
        place=capitalised(figures.place.inside),
        when=when(figures),
        n=number(n),
        noun=event_type(str(row["type"]), n),
        amount=unit_counted("events", figures.total),
        against=against((n, figures.total), (there, country)),
    )
    # The best of ten types is less of a surprise than one that was asked for.
    bits = max(best[0] - 3.3, 0.1)
    recount = _("Comptez les lignes dont type est {type}, ici et dans le pays entier.", type=row["type"])
    values = {"part": n, "whole": figures.total, "part_there": there, "whole_there": country}
    yield fact_of(figures, "type", text, bits, "events_by_type", recount, values)


def _new_communes(figures: Figures) -> Iterator[Fact]:
    first = min(codes().counted_editions)
    if figures.edition is None or figures.edition == first:
        return
    rows, country = (_communes_of(chosen) for chosen in (figures.chosen, everywhere(figures.chosen)))
    new, of_country = sum(row["is_new"] for row in rows), sum(row["is_new"] for row in country)
    if new == 0 or not country:
        return
    text = ngettext(
        "{place} {when}, {new} commune sur {n} accueille son premier événement depuis {first}, {against}",
        "{place} {when}, {new} communes sur {n} accueillent leur premier événement depuis {first}, {against}",
        new,
        place=capitalised(figures.place.inside),
        new=number(new),
        n=number(len(rows)),
        first=_("le début du fichier ({year})", year=first),
        when=when(figures),
        against=against((new, len(rows)), (of_country, len(country))),
    )
    bits = unusual.of_share(new, len(rows), of_country / len(country))
    recount = _(
        "Cherchez les commune_code de cette édition absents des précédentes ; arrondissements réunis en leur commune, communes "
        "fusionnées depuis comptées comme la nouvelle."
    )
    values = {"part": new, "whole": len(rows), "part_there": of_country, "whole_there": len(country)}
    yield fact_of(figures, "new_communes", text, bits, "press_new_communes", recount, values, editions=())


def _communes_of(chosen: Filters) -> list[dict[str, Any]]:
    return store.query("press_new_communes", chosen=chosen, history=chosen.replace(editions=())).rows


def _record_day(figures: Figures) -> Iterator[Fact]:
    rows = store.query("press_first_days", **figures.chosen.replace(editions=()).params()).rows
    own = [row for row in rows if row["edition"] == figures.edition]
    best = max((row["n_events"] for row in own), default=0)
    days = [row["day"] for row in own if row["n_events"] == best]
    if best < FEWEST or len(days) != 1:
        return
    editions = {row["edition"] for row in rows}
    finished = standing.whole(editions, figures.chosen.as_of)
    others = [row["n_events"] for row in rows if row["edition"] in finished and row["edition"] != figures.edition]
    n_editions = len(finished)
    is_record = figures.edition in finished and best > max(others, default=0) and n_editions > 1
    values = {
        "place": capitalised(figures.place.inside),
        "amount": unit_counted("events", best),
        "day": on_day(days[0], with_weekday=True),
        "n": number(n_editions),
    }
    text = _("{place}, {amount} commencent {day}, jour où il en commence le plus de l'édition", **values)
    if figures.edition not in finished:
        text = _("{place}, {amount} commencent {day}, jour où il en commence le plus de l'édition à ce jour", **values)
    if is_record:
        text = _("{place}, {amount} commencent {day} : record des {n} éditions du fichier", **values)
        if n_editions < len(editions):
            text = _("{place}, {amount} commencent {day} : record des {n} éditions finies du fichier", **values)
    bits = unusual.of_rank(1, n_editions) if is_record else 0.5
    recount = _("Comptez les lignes par jour de starts_at.")
    numbers = {"n": best, "is_record": is_record}
    yield fact_of(figures, "record_day", text, bits, "press_first_days", recount, numbers, editions=())


def _weekend(figures: Figures) -> Iterator[Fact]:
    own = _weekend_of(figures.chosen)
    country = _weekend_of(everywhere(figures.chosen))
    if own[0] < FEWEST or not country[1]:
        return
    text = _(
        "{place} {when}, {n} événements sur {total} commencent un samedi ou un dimanche, {against}",
        place=capitalised(figures.place.inside),
        when=when(figures),
        n=number(own[0]),
        total=number(own[1]),
        against=against(own, country),
    )
    bits = unusual.of_share(own[0], own[1], country[0] / country[1])
    recount = _("Comptez les lignes dont starts_at est un samedi ou un dimanche, parmi celles qui ont une date.")
    values = {"part": own[0], "whole": own[1], "part_there": country[0], "whole_there": country[1]}
    yield fact_of(figures, "weekend", text, bits, "press_first_days", recount, values)


def _weekend_of(chosen: Filters) -> tuple[int, int]:
    rows: list[tuple[int, date, int]] = list(store.query("press_first_days", **chosen.params()).values)
    return sum(n for _edition, day, n in rows if day.weekday() >= SATURDAY), sum(n for _edition, _day, n in rows)


def _online(figures: Figures) -> Iterator[Fact]:
    country = store.query("event_totals", **everywhere(figures.chosen).params()).one
    if figures.online < FEWEST or not country["total"]:
        return
    text = _(
        "{place} {when}, {n} événements sur {total} sont en ligne, {against}",
        place=capitalised(figures.place.inside),
        when=when(figures),
        n=number(figures.online),
        total=number(figures.total),
        against=against((figures.online, figures.total), (country["online"], country["total"])),
    )
    bits = unusual.of_share(figures.online, figures.total, country["online"] / country["total"])
    recount = _("Comptez les lignes dont attendance_mode est online.")
    values = {
        "part": figures.online, "whole": figures.total, "part_there": country["online"], "whole_there": country["total"],
    }  # fmt: skip
    yield fact_of(figures, "online", text, bits, "event_totals", recount, values)


def _communes(figures: Figures) -> Iterator[Fact]:
    """Yield in how many communes events take place: no surprise, but true where little else is."""
    if not figures.n_communes:
        return
    text = ngettext(
        "{place} {when}, {n} commune accueille au moins un événement",
        "{place} {when}, {n} communes accueillent au moins un événement",
        figures.n_communes,
        place=capitalised(figures.place.inside),
        when=when(figures),
        n=number(figures.n_communes),
    )
    recount = _("Comptez les commune_code différents ; arrondissements réunis en leur commune.")
    yield fact_of(figures, "communes", text, 0.0, "event_distincts", recount, {"n": figures.n_communes})
