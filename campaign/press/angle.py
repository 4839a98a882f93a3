"""The local angle: true facts of a region or département, the most unusual first, each with its query and its data.

A fact counts events of one edition and territory, whatever else is filtered; each can be counted again from the events as
CSV (`/api/v1/events.csv`), whose columns its `recount` names.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from campaign import store
from campaign.filters import Filters, codes
from campaign.language import _, ngettext
from campaign.press import unusual
from campaign.press.fact import Fact, among_words, code_of, column_of, made, territories
from campaign.press.figures import Figures, everywhere, gather, ranking
from campaign.press.parts import when
from campaign.wording.dates import on_day
from campaign.wording.labels import capitalised, unit, unit_counted
from campaign.wording.nouns import event_type
from campaign.wording.numbers import number, ordinal, share

MOST: Final = 5
FEWEST: Final = 3  # a type or a weekend of one or two events is no finding
SATURDAY: Final = 5


def facts(chosen: Filters) -> list[Fact]:
    """Return up to five facts of one edition of a region or département; none for any other choice."""
    bare = Filters(
        editions=chosen.editions,
        nomenclature=chosen.nomenclature,
        regions=chosen.regions if not chosen.departements else (),
        departements=chosen.departements,
        lang=chosen.lang,
    )
    return of(gather(bare))


def of(figures: Figures) -> list[Fact]:
    """Return the facts of figures that are of one edition and territory, and of no other filter."""
    if figures.edition is None or figures.level not in ("region", "departement") or figures.total == 0:
        return []
    found = [
        *_rank(figures), *_per_head(figures), *_change(figures), *_record_edition(figures), *_type(figures),
        *_new_communes(figures), *_record_day(figures), *_weekend(figures), *_online(figures),
    ]  # fmt: skip
    return sorted(found, key=lambda fact: -fact.bits)[:MOST]


def _rank(figures: Figures) -> Iterator[Fact]:
    place = figures.ranking
    if place is None:
        return
    text = _(
        "{place}, {amount} en {year} : {rank} rang des {among}",
        place=capitalised(figures.place.inside),
        amount=unit_counted("events", figures.total),
        year=figures.edition,
        rank=ordinal(place.rank, masculine=True),
        among=among_words(figures, place.among),
    )
    recount = _("Comptez les lignes par {column}.", column=column_of(figures))
    yield made(figures, "rank", text, unusual.of_rank(place.rank, place.among), territories(figures)[0], recount)


def _per_head(figures: Figures) -> Iterator[Fact]:
    query, rows = territories(figures)
    rates = {str(row["code"]): float(str(row["per_100k"])) for row in rows if row["per_100k"] is not None}
    own = rates.get(code_of(figures))
    if own is None:
        return
    rank = 1 + sum(rate > own for rate in rates.values())
    text = _(
        "{place}, {rate} en {year} : {rank} rang des {among}",
        place=capitalised(figures.place.inside),
        rate=_("{n} {noun} pour {base} habitants", n=number(own, 1), noun=unit("events", own), base=number(100_000)),
        year=figures.edition,
        rank=ordinal(rank, masculine=True),
        among=among_words(figures, len(rates)),
    )
    recount = _(
        "Comptez les lignes par {column}, divisez par la population (INSEE, 2016 ou 2017).", column=column_of(figures)
    )
    yield made(figures, "per_head", text, unusual.of_rank(rank, len(rates)), query, recount)


def _change(figures: Figures) -> Iterator[Fact]:
    if figures.compared is None or figures.compared.kind != "total" or figures.before is None:
        return
    editions = (figures.compared.edition, int(figures.edition or 0))
    both = everywhere(figures.chosen).but(editions=editions)
    name = "events_by_departement_and_edition" if figures.level == "departement" else "events_by_region_and_edition"
    column = "departement_code" if figures.level == "departement" else "region_code"
    gains = {str(row["code"]): 0 for row in territories(figures)[1]}
    for row in store.query(name, **both.params()).rows:
        if row[column] is not None:
            gains[row[column]] += row["count"] if row["edition"] == editions[1] else -row["count"]
    own = gains[code_of(figures)]
    if own == 0:
        return
    signed = {code: gain if own > 0 else -gain for code, gain in gains.items()}
    rank = ranking(code_of(figures), signed).rank
    values = {
        "place": capitalised(figures.place.inside),
        "amount": unit_counted("events", abs(own)),
        "before": number(figures.before),
        "now": number(figures.total),
        "year": editions[0],
        "rank": "" if rank == 1 else f"{ordinal(rank)} ",
        "among": among_words(figures, len(gains)),
    }
    if own > 0:
        text = _(
            "{place}, {amount} de plus qu'en {year}, de {before} à {now} : {rank}plus forte hausse des {among}",
            **values,
        )
    else:
        text = _(
            "{place}, {amount} de moins qu'en {year}, de {before} à {now} : {rank}plus forte baisse des {among}",
            **values,
        )
    recount = _("Comptez les lignes par edition et {column}, et faites la différence.", column=column_of(figures))
    yield made(figures, "change", text, unusual.of_rank(rank, len(gains)), name, recount, editions=editions)


def _record_edition(figures: Figures) -> Iterator[Fact]:
    rows = store.query("events_by_edition", **figures.chosen.but(editions=()).params()).rows
    counts = {str(edition): 0 for edition in codes().counted_editions} | {
        str(row["edition"]): row["count"] for row in rows
    }
    if len(counts) < 3:
        return
    place = ranking(str(figures.edition), counts)
    if place.tied:
        return
    text = _(
        "{place}, {amount} en {year} : {rank} total des {n} éditions du fichier",
        place=capitalised(figures.place.inside),
        amount=unit_counted("events", figures.total),
        year=figures.edition,
        rank=_course(place.rank, len(counts)),
        n=number(len(counts)),
    )
    bits = unusual.of_rank(place.rank, len(counts))
    yield made(
        figures, "record_edition", text, bits, "events_by_edition", _("Comptez les lignes par edition."), editions=()
    )


def _course(rank: int, among: int) -> str:
    if rank == 1:
        return _("plus haut")
    return _("plus bas") if rank == among else ordinal(rank, masculine=True)


def _type(figures: Figures) -> Iterator[Fact]:
    rows = store.query("events_by_type", chosen=figures.chosen, before=everywhere(figures.chosen)).rows
    country = sum(row["count_before"] for row in rows)
    best: tuple[float, dict[str, object]] | None = None
    for row in rows:
        expected = row["count_before"] / country
        if row["count"] >= FEWEST and row["count"] > figures.total * expected and row["type"] != "autre":
            bits = unusual.of_share(row["count"], figures.total, expected)
            if best is None or bits > best[0]:
                best = (bits, row)
    if best is None:
        return
    row = best[1]
    n = int(str(row["count"]))
    text = _(
        "{place} en {year}, {n} {noun} sur {amount}, soit {own} contre {there} dans le pays",
        place=capitalised(figures.place.inside),
        year=figures.edition,
        n=number(n),
        noun=event_type(str(row["type"]), n),
        amount=unit_counted("events", figures.total),
        own=share(n, figures.total),
        there=share(int(str(row["count_before"])), country),
    )
    # The best of ten types is less of a surprise than one that was asked for.
    bits = max(best[0] - 3.3, 0.1)
    recount = _("Comptez les lignes par type, ici et dans le pays entier.")
    yield made(figures, "type", text, bits, "events_by_type", recount)


def _new_communes(figures: Figures) -> Iterator[Fact]:
    first = min(codes().counted_editions)
    if figures.edition is None or figures.edition == first:
        return
    rows = store.query("press_new_communes", **figures.chosen.params()).rows
    country = store.query("press_new_communes", **everywhere(figures.chosen).params()).rows
    new, of_country = sum(row["is_new"] for row in rows), sum(row["is_new"] for row in country)
    if new == 0 or not country:
        return
    text = ngettext(
        "{place} {when}, {new} commune sur {n} accueille un événement pour la première fois depuis {first}",
        "{place} {when}, {new} communes sur {n} accueillent un événement pour la première fois depuis {first}",
        new,
        place=capitalised(figures.place.inside),
        new=number(new),
        n=number(len(rows)),
        first=first,
        when=when(figures),
    )
    bits = unusual.of_share(new, len(rows), of_country / len(country))
    recount = _("Cherchez les commune_code de cette édition absents des précédentes.")
    yield made(figures, "new_communes", text, bits, "press_new_communes", recount, editions=())


def _record_day(figures: Figures) -> Iterator[Fact]:
    rows = store.query("press_first_days", **figures.chosen.but(editions=()).params()).rows
    own = [row for row in rows if row["edition"] == figures.edition]
    best = max((row["n_events"] for row in own), default=0)
    days = [row["day"] for row in own if row["n_events"] == best]
    if best < FEWEST or len(days) != 1:
        return
    others = [row["n_events"] for row in rows if row["edition"] != figures.edition]
    n_editions = len({row["edition"] for row in rows})
    is_record = best > max(others, default=0) and n_editions > 1
    values = {
        "place": capitalised(figures.place.inside),
        "amount": unit_counted("events", best),
        "day": on_day(days[0], with_weekday=True),
        "n": number(n_editions),
    }
    text = _("{place}, {amount} commencent {day}, jour le plus chargé de l'édition", **values)
    if is_record:
        text = _("{place}, {amount} commencent {day} : record des {n} éditions du fichier", **values)
    bits = unusual.of_rank(1, n_editions) if is_record else 0.5
    recount = _("Comptez les lignes par jour de starts_at.")
    yield made(figures, "record_day", text, bits, "press_first_days", recount, editions=())


def _weekend(figures: Figures) -> Iterator[Fact]:
    own = _weekend_of(figures.chosen)
    country = _weekend_of(everywhere(figures.chosen))
    if own[0] < FEWEST or not country[1]:
        return
    text = _(
        "{place} en {year}, {n} événements sur {total} commencent un samedi ou un dimanche, soit {own} contre {there} dans le pays",
        place=capitalised(figures.place.inside), year=figures.edition, n=number(own[0]), total=number(own[1]),
        own=share(*own), there=share(*country),
    )  # fmt: skip
    bits = unusual.of_share(own[0], own[1], country[0] / country[1])
    yield made(
        figures,
        "weekend",
        text,
        bits,
        "press_first_days",
        _("Comptez les lignes dont starts_at est un samedi ou un dimanche."),
    )


def _weekend_of(chosen: Filters) -> tuple[int, int]:
    rows: list[tuple[int, date, int]] = list(store.query("press_first_days", **chosen.params()).values)
    return sum(n for _edition, day, n in rows if day.weekday() >= SATURDAY), sum(n for _edition, _day, n in rows)


def _online(figures: Figures) -> Iterator[Fact]:
    country = store.query("event_totals", **everywhere(figures.chosen).params()).one
    if figures.online < FEWEST or not country["total"]:
        return
    text = _(
        "{place} en {year}, {n} événements sur {total} sont en ligne, soit {own} contre {there} dans le pays",
        place=capitalised(figures.place.inside), year=figures.edition, n=number(figures.online), total=number(figures.total),
        own=share(figures.online, figures.total), there=share(country["online"], country["total"]),
    )  # fmt: skip
    bits = unusual.of_share(figures.online, figures.total, country["online"] / country["total"])
    yield made(figures, "online", text, bits, "event_totals", _("Comptez les lignes dont attendance_mode est online."))
