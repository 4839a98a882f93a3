"""Drawings by edition, by day and by type."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from campaign import catalog, comparison, official, store
from campaign.filters import Filters
from campaign.language import _
from campaign.press.drawings import columns, multiples
from campaign.press.drawings.bars import bars
from campaign.press.drawings.content import Content, subtitled, title_of_total
from campaign.press.figures import Figures
from campaign.press.parts import source_words
from campaign.press.scope import noun
from campaign.wording import labels, sentences
from campaign.wording.dates import day_name
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.quantities import listed


def editions(figures: Figures) -> Content:
    """Columns: the editions of the file, with the published figures beside them for the whole country."""
    chosen = figures.chosen
    course = store.query("events_by_edition", **chosen.but(editions=(), from_day=None, to_day=None).params()).rows
    counts = {row["edition"]: row["count"] for row in course}
    years = range(min([*counts, official.FIRST]), max([*counts, official.LAST]) + 1)
    whole = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, lang=chosen.lang)
    is_country = chosen.but(as_of=None) == whole
    headlines = {year: official.headline(year) if is_country else None for year in years}
    file = source_words(figures)
    if is_country:
        known = [
            sentences.EditionFigure(y, f.value, f.qualifier, f.stage) if f else sentences.EditionFigure(y, None)
            for y, f in headlines.items()
        ]
        title, rest = parted(sentences.editions(known))
        subtitle = _("Événements par édition, France : chiffres publiés, et comptes du {file}", file=file)
        subtitle = f"{subtitle}. {rest}" if rest else subtitle
    else:
        title = _course(figures, counts)
        subtitle = _(
            "{unit} par édition, {place}, comptes du {file}",
            unit=capitalised(noun(chosen, 2)),
            place=figures.place.name,
            file=file,
        )
    shown = (
        {year: counts.get(year, 0) for year in counts}
        if is_country
        else {year: counts.get(year, 0) for year in years if year in official_years(figures, years)}
    )

    def draw(box: Any, size: float) -> str:
        return columns.editions(box, size, shown, headlines, chosen=chosen.edition, file=file)

    rows = [(str(year), str(year), n) for year, n in sorted(shown.items())]
    patches = [{"edition": code, "etat": labels.stage(comparison.status(int(code)))} for code, _name, _n in rows]
    beside = _("chiffres publiés : bilans et dossiers cités, un par un, page Éditions") if is_country else ""
    return Content(title, subtitle, rows, draw, patches, beside=beside)


def parted(text: str) -> tuple[str, str]:
    """Return the first clause of a sentence, to be a title, and the others as a sentence of their own."""
    first, _mark, rest = text.partition(_("{sentence} ; {more}", sentence="", more="").rstrip() or ";")
    return f"{first.rstrip(' .')}.", capitalised(rest.strip())


def official_years(figures: Figures, years: Sequence[int]) -> set[int]:
    """Return the years that the file holds at all: there, no event is 0 and not missing."""
    country = store.query("events_by_edition", **Filters(nomenclature=figures.chosen.nomenclature).params())
    held = set(country.column("edition"))
    return {year for year in years if year in held}


def _course(figures: Figures, counts: Mapping[int, int]) -> str:
    """Return the finding of a territory's course: its edition with the most events."""
    best = max(counts.values(), default=0)
    if best == 0:
        return title_of_total(figures)
    years = listed(str(year) for year, n in sorted(counts.items()) if n == best)
    amount = f"{number(best)} {noun(figures.chosen, best)}"
    return _(
        "{place}, le plus haut du fichier : {amount} en {years}.",
        place=capitalised(figures.place.inside),
        amount=amount,
        years=years,
    )


def types(figures: Figures) -> Content:
    """Bars: the types of events."""
    rows = [(code, catalog.label("type", code), n) for code, n in figures.types if n or not figures.chosen.types]
    title = sentences.types(dict(figures.types), figures.total, unit=figures.chosen.unit)
    subtitle = _("{unit} par type", unit=capitalised(labels.unit(figures.chosen.unit)))

    def draw(box: Any, size: float) -> str:
        return bars(box, size * 1.1, [(r[1], r[2]) for r in rows], selected=None)

    return Content(title, subtitled(figures, subtitle), rows, draw)


def jours(figures: Figures) -> Content:
    """Columns: one per day of the edition."""
    answer = store.query("events_by_day", **figures.chosen.but(unit="events").params())
    counts: dict[date, int] = dict(answer.values)
    busiest, n = figures.busiest
    unit = noun(figures.chosen.but(unit="events"), 2)
    title = _("Aucun jour à montrer.")
    if len(busiest) == 1:
        day = day_name(busiest[0], with_weekday=True)
        title = _(
            "{place}, le jour le plus chargé est le {day} : {n} {unit}.",
            place=capitalised(figures.place.inside),
            day=day,
            n=number(n),
            unit=unit,
        )
    elif busiest:
        title = _(
            "{place}, {n_days} jours sont à égalité, avec {n} {unit} chacun.",
            place=capitalised(figures.place.inside),
            n_days=number(len(busiest)),
            n=number(n),
            unit=noun(figures.chosen.but(unit="events"), n),
        )
    subtitle = _("{unit} par jour, chacun compté chaque jour où il a lieu ; novembre sur fond", unit=capitalised(unit))
    year = figures.last_edition

    def draw(box: Any, size: float) -> str:
        return columns.days(box, size, counts, busiest, (date(year, 11, 1), date(year, 11, 30)))

    return Content(
        title, subtitled(figures, subtitle), [(day.isoformat(), day_name(day), n) for day, n in counts.items()], draw
    )


def types_editions(figures: Figures) -> Content:
    """Small multiples: each type over the editions."""
    chosen = figures.chosen
    answer = store.query(
        "events_by_type_and_edition", **chosen.but(editions=(), from_day=None, to_day=None).params()
    ).rows
    years = sorted({row["edition"] for row in answer})
    series = [
        (catalog.label("type", code), {row["edition"]: row["count"] for row in answer if row["type"] == code})
        for code, _n in figures.types
    ]
    rows = [
        (f"{row['edition']} {row['type']}", f"{catalog.label('type', row['type'])} {row['edition']}", row["count"])
        for row in answer
    ]
    title = sentences.types(dict(figures.types), figures.total, unit=chosen.unit)
    subtitle = _(
        "{unit} par type et par édition, même échelle, {place}",
        unit=capitalised(labels.unit(chosen.unit)),
        place=figures.place.name,
    )

    def draw(box: Any, size: float) -> str:
        return multiples.multiples(box, size, series, years, chosen.edition)

    patches = [
        {"edition": str(row["edition"]), "etat": labels.stage(comparison.status(row["edition"]))} for row in answer
    ]
    return Content(title, subtitle, rows, draw, patches)
