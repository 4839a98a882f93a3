"""Facts of a territory among the others of its level, and of an edition among the others: rank, rate, change, record."""

from collections.abc import Iterator
from typing import Final

from campaign import store
from campaign.analysis import standing, vintage
from campaign.analysis.comparison import Refusal
from campaign.analysis.figures import Figures, everywhere, ranking
from campaign.core.language import _
from campaign.filters import codes
from campaign.press import unusual
from campaign.press.fact import Fact, among_words, code_of, column_of, fact_of, territories
from campaign.store import catalog
from campaign.wording.dates import years
from campaign.wording.labels import capitalised, unit, unit_counted
from campaign.wording.numbers import number, ordinal
from campaign.wording.territories import place_of

MOST_SAID: Final = 10  # « 16e plus forte baisse » is no news


def facts(figures: Figures) -> Iterator[Fact]:
    """Yield what can be said."""
    yield from _rank(figures)
    yield from _rank_in_region(figures)
    yield from _per_head(figures)
    yield from _change(figures)
    yield from _record_edition(figures)
    yield from _all_editions(figures)


def _rank(figures: Figures) -> Iterator[Fact]:
    place = figures.ranking
    if place is None:
        return
    text = _(
        "{place}, {amount} en {year} : {rank} rang des {among}{tie}",
        place=capitalised(figures.place.inside),
        amount=unit_counted("events", figures.total),
        year=figures.edition,
        rank=ordinal(place.rank, masculine=True),
        among=among_words(figures, place.among),
        tie=_(", ex æquo") if place.tied else "",
    )
    recount = _("Comptez les lignes par {column}.", column=column_of(figures))
    values = {"total": figures.total, "rank": place.rank}
    yield fact_of(
        figures, "rank", text, unusual.of_rank(place.rank, place.among), territories(figures)[0], recount, values
    )


def _rank_in_region(figures: Figures) -> Iterator[Fact]:
    """Yield a département's rank within its region, where it is alone at that rank."""
    if figures.level != "departement":
        return
    code = code_of(figures)
    position = 0 if figures.chosen.nomenclature == 2014 else 1
    region = catalog.labels("departement")[code].parents[position]
    query, rows = territories(figures)
    counts = {str(row["code"]): int(str(row["count"])) for row in rows if row["region_code"] == region}
    place = ranking(code, counts)
    if place.tied or place.among < 2:
        return
    text = _(
        "{place}, {amount} en {year} : {rank} rang des {n} départements {of_region}",
        place=capitalised(figures.place.inside),
        amount=unit_counted("events", figures.total),
        year=figures.edition,
        rank=ordinal(place.rank, masculine=True),
        n=number(place.among),
        of_region=place_of(region, "region", figures.chosen.nomenclature),
    )
    column = f"region_{figures.chosen.nomenclature}_code"
    recount = _("Gardez {column} = {code}, comptez les lignes par departement_code.", column=column, code=region)
    values = {"total": figures.total, "rank": place.rank}
    yield fact_of(figures, "rank_in_region", text, unusual.of_rank(place.rank, place.among), query, recount, values)


def _per_head(figures: Figures) -> Iterator[Fact]:
    query, rows = territories(figures)
    rates = {str(row["code"]): float(str(row["per_100k"])) for row in rows if row["per_100k"] is not None}
    own = rates.get(code_of(figures))
    if own is None:
        return
    rank = 1 + sum(rate > own for rate in rates.values())
    people = next(int(str(row["population"])) for row in rows if row["code"] == code_of(figures))
    text = _(
        "{place}, {rate} en {year} : {rank} rang des {among}",
        place=capitalised(figures.place.inside),
        rate=_("{n} {noun} pour {base} habitants", n=number(own, 1), noun=unit("events", own), base=number(100_000)),
        year=figures.edition,
        rank=ordinal(rank, masculine=True),
        among=among_words(figures, len(rates)),
    )
    if vintage.is_far(figures.chosen):
        text = f"{text} ({vintage.named(figures.chosen)})"
    recount = _(
        "Comptez les lignes par {column}, divisez par la population ({people} habitants ici ; INSEE, {population}).",
        column=column_of(figures),
        people=number(people),
        population=vintage.named(figures.chosen),
    )
    values = {"rate": own, "rank": rank, "population": people}
    yield fact_of(figures, "per_head", text, unusual.of_rank(rank, len(rates)), query, recount, values)


def _change(figures: Figures) -> Iterator[Fact]:
    if isinstance(figures.compared, Refusal) or figures.compared.kind != "total" or figures.change is None:
        return
    editions = (figures.compared.edition, int(figures.edition or 0))
    both = everywhere(figures.chosen).replace(editions=editions)
    name = "events_by_departement_and_edition" if figures.level == "departement" else "events_by_region_and_edition"
    column = "departement_code" if figures.level == "departement" else "region_code"
    gains = {str(row["code"]): 0 for row in territories(figures)[1]}
    for row in store.query(name, **both.params()).rows:
        if row[column] is not None:
            gains[row[column]] += row["count"] if row["edition"] == editions[1] else -row["count"]
    own = gains[code_of(figures)]
    recount = _("Comptez les lignes par edition et {column}, et faites la différence.", column=column_of(figures))
    if own == 0:
        text = _(
            "{place}, autant d'événements en {year} qu'en {year_before} : {n}",
            place=capitalised(figures.place.inside), year=editions[1], year_before=editions[0], n=number(figures.total),
        )  # fmt: skip
        same = {"now": figures.total, "before": figures.change.before}
        yield fact_of(figures, "change", text, 0.0, name, recount, same, editions=editions)
        return
    signed = {code: gain if own > 0 else -gain for code, gain in gains.items()}
    place = ranking(code_of(figures), signed)
    values = {
        "place": capitalised(figures.place.inside),
        "amount": unit_counted("events", abs(own)),
        "before": number(figures.change.before),
        "now": number(figures.total),
        "year": editions[1],
        "year_before": editions[0],
        "rank": "" if place.rank == 1 else f"{ordinal(place.rank)} ",
        "among": among_words(figures, len(gains)),
        "tie": _(", ex æquo") if place.tied else "",
    }
    if own > 0:
        text = _(
            "{place}, {amount} de plus en {year} qu'en {year_before}, de {before} à {now} : {rank}plus forte hausse des {among}{tie}",
            **values,
        )
    else:
        text = _(
            "{place}, {amount} de moins en {year} qu'en {year_before}, de {before} à {now} : {rank}plus forte baisse des {among}{tie}",
            **values,
        )
    bits = unusual.of_first(place.rank, len(gains))
    numbers = {"now": figures.total, "before": figures.change.before, "rank": place.rank}
    if place.rank > MOST_SAID:
        text, bits = text[: text.rindex(_(" : "))], 0.0
        del numbers["rank"]
    yield fact_of(figures, "change", text, bits, name, recount, numbers, editions=editions)


def _record_edition(figures: Figures) -> Iterator[Fact]:
    """Yield the rank of a finished edition among the finished ones."""
    finished = standing.whole(codes().counted_editions, figures.chosen.as_of)
    if figures.edition not in finished:
        return
    rows = store.query("events_by_edition", **figures.chosen.replace(editions=()).params()).rows
    counts = {str(edition): 0 for edition in finished} | {
        str(row["edition"]): row["count"] for row in rows if row["edition"] in finished
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
    if len(finished) < len(codes().counted_editions):
        text = _(
            "{place}, {amount} en {year} : {rank} total des {n} éditions finies du fichier",
            place=capitalised(figures.place.inside),
            amount=unit_counted("events", figures.total),
            year=figures.edition,
            rank=_course(place.rank, len(counts)),
            n=number(len(counts)),
        )
    bits = unusual.of_rank(place.rank, len(counts))
    recount = _("Comptez les lignes par edition.")
    values = {"total": figures.total, "rank": place.rank}
    yield fact_of(figures, "record_edition", text, bits, "events_by_edition", recount, values, editions=())


def _all_editions(figures: Figures) -> Iterator[Fact]:
    """Yield the sum over the editions of the file: no surprise, but true where little else is."""
    rows = store.query("events_by_edition", **figures.chosen.replace(editions=()).params()).rows
    n = sum(row["count"] for row in rows)
    if n == 0 or len(codes().counted_editions) < 2:
        return
    text = _(
        "{place}, {amount} en {n} éditions, {years}, dont {own} en {year}",
        place=capitalised(figures.place.inside),
        amount=unit_counted("events", n),
        n=number(len(codes().counted_editions)),
        years=years(codes().counted_editions),
        own=number(figures.total),
        year=figures.edition,
    )
    recount = _("Comptez les lignes de toutes les éditions.")
    values = {"sum": n, "total": figures.total}
    yield fact_of(figures, "all_editions", text, 0.0, "events_by_edition", recount, values, editions=())


def _course(rank: int, among: int) -> str:
    if rank == 1:
        return _("plus haut")
    return _("plus bas") if rank == among else ordinal(rank, masculine=True)
